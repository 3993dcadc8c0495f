"""Photos for the demo's tickets, drawn when the shop is made: small JPEGs, no picture of anybody's."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SIZE = (880, 660)
QUALITY = 78

Spot = tuple[float, float]


def draw_photo(name: str) -> bytes:
    """The JPEG of that name. Raises KeyError for an unknown one."""
    from PIL import Image, ImageDraw, ImageFilter

    paint, dice = _PHOTOS[name], random.Random(name)
    image = Image.new("RGB", SIZE, (196, 178, 156))
    pen = ImageDraw.Draw(image, "RGBA")
    _table(pen, dice)
    paint(pen, dice)
    image = image.filter(ImageFilter.GaussianBlur(1.1))
    image = Image.blend(image, _grain(dice, image), 0.04)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _grain(dice: random.Random, like: Image) -> Image:
    from PIL import Image

    width, height = like.width // 2, like.height // 2
    noise = Image.frombytes("L", (width, height), dice.randbytes(width * height))
    return noise.resize(like.size).convert("RGB")


def _table(pen: ImageDraw, dice: random.Random) -> None:
    """Boards, with light from the left."""
    for y in range(0, SIZE[1], 6):
        shade = 150 + (y * 40) // SIZE[1] + dice.randint(-6, 6)
        pen.rectangle((0, y, SIZE[0], y + 6), fill=(shade, shade - 26, shade - 52))
    for y in range(90, SIZE[1], 150):
        pen.line((0, y, SIZE[0], y + dice.randint(-4, 4)), fill=(82, 62, 44, 150), width=3)
    for x in range(0, SIZE[0], 8):
        pen.rectangle((x, 0, x + 7, SIZE[1]), fill=(0, 0, 0, x * 72 // SIZE[0]))


def _mug(pen: ImageDraw, at: Spot, scale: float, colour: tuple[int, int, int]) -> None:
    """A mug seen a little from above, its handle to the right."""
    x, y = at
    wide, high, rim = 150 * scale, 250 * scale, 46 * scale
    dark = tuple(int(part * 0.72) for part in colour)
    pen.ellipse(
        (x - wide * 1.05, y + high - rim, x + wide * 1.6, y + high + rim * 1.6), fill=(30, 20, 12, 90)
    )
    pen.ellipse(
        (x + wide * 0.62, y + high * 0.2, x + wide * 1.62, y + high * 0.78),
        outline=dark,
        width=int(34 * scale),
    )
    pen.rectangle((x - wide, y, x + wide, y + high), fill=colour)
    pen.ellipse((x - wide, y + high - rim, x + wide, y + high + rim), fill=colour)
    for column in range(-int(wide), int(wide) + 1):
        bottom = y + high + rim * (1 - (column / wide) ** 2) ** 0.5 if abs(column) < wide else y + high
        pen.line((x + column, y, x + column, bottom), fill=(20, 18, 14, max(0, int(110 * column / wide))))
    pen.ellipse((x - wide, y - rim, x + wide, y + rim), fill=tuple(min(255, part + 18) for part in colour))
    pen.ellipse((x - wide * 0.9, y - rim * 0.8, x + wide * 0.9, y + rim * 0.9), fill=dark)


def _crack(pen: ImageDraw, start: Spot, end: Spot, dice: random.Random, width: int = 5) -> None:
    """A jagged line with branches, dark with a light edge."""
    points = [start]
    steps = 13
    for step in range(1, steps + 1):
        part = step / steps
        x = start[0] + (end[0] - start[0]) * part + dice.uniform(-14, 14)
        points.append((x, start[1] + (end[1] - start[1]) * part + dice.uniform(-5, 5)))
    pen.line([(x + 3, y + 2) for x, y in points], fill=(255, 250, 240, 120), width=width)
    pen.line(points, fill=(34, 26, 22, 240), width=width, joint="curve")
    for x, y in points[3:-1:3]:
        pen.line((x, y, x + dice.uniform(-50, 50), y + dice.uniform(8, 44)), fill=(44, 34, 28, 220), width=2)


def _cracked_mug(pen: ImageDraw, dice: random.Random) -> None:
    _mug(pen, (400, 190), 1.25, (214, 206, 190))
    _crack(pen, (330, 236), (486, 478), dice)


def _cracked_cups(pen: ImageDraw, dice: random.Random) -> None:
    for left, high in ((230, 250), (560, 290)):
        _mug(pen, (left, high), 0.72, (96, 116, 120))
        _crack(pen, (left + 108, high + 30), (left + 150, high + 130), dice, 4)


def _torn_lamp(pen: ImageDraw, dice: random.Random) -> None:
    pen.ellipse((210, 60, 670, 520), fill=(244, 236, 214))
    for y in range(90, 500, 26):
        reach = int((230**2 - (y - 290) ** 2) ** 0.5) if abs(y - 290) < 230 else 0
        pen.arc((440 - reach, y - 18, 440 + reach, y + 18), 0, 180, fill=(206, 190, 158), width=3)
    tear = [(360, 470), (402, 440), (436, 466), (478, 428), (520, 462), (486, 506), (430, 514), (384, 506)]
    pen.polygon([(x + dice.uniform(-6, 6), y + dice.uniform(-6, 6)) for x, y in tear], fill=(58, 44, 34))
    pen.line((402, 440, 392, 380), fill=(120, 100, 74), width=4)


_PHOTOS: dict[str, Callable[[ImageDraw, random.Random], None]] = {
    "cracked-mug": _cracked_mug,
    "cracked-cups": _cracked_cups,
    "torn-lamp": _torn_lamp,
}
