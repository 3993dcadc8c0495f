"""Small real files of each media type, different for each name, the same in every run."""

from __future__ import annotations

import hashlib
import io
import struct

from PIL import Image

_PILLOW = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/jpg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
_BRANDS = {
    "video/mp4": b"isom",
    "video/quicktime": b"qt  ",
    "image/heic": b"heic",
    "image/heif": b"mif1",
    "video/3gpp": b"3gp4",
}
_WEBM = bytes.fromhex(
    "1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff"
)


def sample(name: str, media_type: str) -> bytes:
    """The bytes of a file of that name and type."""
    kind = media_type.split(";")[0].strip().lower()
    mark = hashlib.sha256(name.encode()).digest()
    if kind in _PILLOW:
        return _picture(_PILLOW[kind], mark)
    if kind in _BRANDS:
        return _boxes(_BRANDS[kind], mark)
    if kind == "video/webm":
        return _WEBM + mark
    if kind == "application/pdf":
        return _pdf(name)
    return f"{name}\n".encode()


def _picture(form: str, mark: bytes) -> bytes:
    """One pixel. JPEG and GIF change colours, so the name goes into the size as well."""
    size = (1 + mark[3] % 16, 1 + mark[4] % 16) if form in ("JPEG", "GIF") else (1, 1)
    out = io.BytesIO()
    Image.new("RGB", size, (mark[0], mark[1], mark[2])).save(out, form)
    return out.getvalue()


def _boxes(brand: bytes, mark: bytes) -> bytes:
    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + kind + content

    return box(b"ftyp", brand + bytes(4) + brand) + box(b"free", b"") + box(b"mdat", mark)


def _pdf(name: str) -> bytes:
    parts = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj",
    ]
    body = f"%PDF-1.4\n%{hashlib.sha256(name.encode()).hexdigest()}\n"
    offsets = []
    for part in parts:
        offsets.append(len(body))
        body += f"{part}\n"
    start = len(body)
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    body += (
        f"xref\n0 4\n0000000000 65535 f \n{rows}trailer<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    return body.encode()
