"""Words of goods in the singular, so that "mugs", "knives" and "mice" find the lines called after one."""

from __future__ import annotations

_F_PLURAL = {
    **dict.fromkeys("shelves scarves leaves loaves wolves halves hooves calves elves sheaves".split(), "f"),
    **dict.fromkeys("knives wives lives".split(), "fe"),
}
_IRREGULAR = dict(
    pair.split("/")
    for pair in "mice/mouse geese/goose feet/foot teeth/tooth men/man women/woman children/child dice/die"
    " tees/shirt tee/shirt".split()
)
"""Plurals that no ending tells; above, those of words that end in f (gloves and valves just have an s)."""


_SIZES = {
    **dict.fromkeys("big bigger biggest larger largest lrg lge".split(), "large"),
    **dict.fromkeys("little smaller smallest sml tiny".split(), "small"),
    **dict.fromkeys("longer longest".split(), "long"),
    **dict.fromkeys("shorter shortest".split(), "short"),
}
"""Words of size, in the one form that goods are compared in."""


def singular(word: str) -> str:
    """The word in the singular, sizes in the one form that they are compared in."""
    low = word[:-2] if word.endswith("'s") else word
    if low in _SIZES:
        return _SIZES[low]
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _F_PLURAL:
        return low[:-3] + _F_PLURAL[low]
    if low.endswith("xes") and len(low) > 4:
        return low[:-2]
    for tail, put in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("s", "")):
        if low.endswith(tail) and len(low) > len(tail) + 2 and not low.endswith("ss"):
            return low[: -len(tail)] + put
    return low
