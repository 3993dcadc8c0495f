"""What a question is about."""

from __future__ import annotations

from agent.reading.text.patterns import regex

_ACTIONS: tuple[tuple[str, str], ...] = (
    ("waive_evidence", r"waiv\w*"),
    ("supplier_review", r"supplier|vendor|manufacturer|cost review"),
    ("receive_return", r"(?:mark|receiv\w*|inspect\w*)"),
    ("close_return", r"clos\w+ "),
    ("cancel_return", r"cancel\w* (?:\w+ )?(?:return|rma)|(?:return|rma) (?:be )?cancel"),
    ("edit_return", r"(?:edit|tracking|carrier|label|logistics)"),
    ("review_return", r"(?:approv\w+|reject\w*|review|declin\w+|return request)"),
    ("create_return", r"(?:return|exchange|rma|send (?:it |them )?back)"),
    ("refund", r"(?:refund\w*|money|credit|pay)"),
)
_TOPICS: tuple[tuple[str, str], ...] = (
    ("payout", r"pay ?outs?|paid out"),
    ("settlement", r"settle\w*"),
    (
        "balance",
        r"\bbalance|\breserved?|\bfunds?\b|ledger|deduct\w*|our account|afford|negative|we owe"
        r"|available|bears",
    ),
    (
        "history",
        r"\bwho\b|history|by whom|already (?:been )?refund\w*|refunds? (?:so far|made|given|done)"
        r"|(?:has|have|did) (?:anyone|anybody|someone|somebody)|what (?:was|has been|have we"
        r"|did we|happened)|log\b|timeline|before me",
    ),
    (
        "payment",
        r"how(?:'d| did| has| had| have|'s)? (?:\w+ ){1,3}?pay\b|how (?:\w+ ){1,3}paid\b"
        r"|how was (?:it|this|that|ORDERNO|the order) paid"
        r"|(?:what|which) (?:\w+ ){0,3}?(?:payment method|method of payment|card)\b"
        r"|(?:paid|pay) (?:with|by|via|through)\b|payment method",
    ),
    ("refund_status", r"refund\w*|money|reimburse\w*|credit\w*"),
    ("return_status", r"\breturn\w*|\brma\b|sent (?:it )?back|came back"),
    (
        "delivery",
        r"deliver\w*|ship\w*|arriv\w*|dispatch\w*|parcel|package|track\w*|courier|transit"
        r"|on (?:its|the) way|\beta\b|where is (?:my|the|her|his) order|received",
    ),
    (
        "order",
        r"order|ORDERNO|bought|ordered|items?|paid|pay|cost|price|customer|placed|address|lines?"
        r"|what's in|quantity|how many|card|discount",
    ),
)
_COMPILED_ACTIONS = tuple((name, regex(rf"\b(?:{pattern})")) for name, pattern in _ACTIONS)
_COMPILED_TOPICS = tuple((name, regex(rf"(?:{pattern})")) for name, pattern in _TOPICS)


def why_topic(plain: str) -> str:
    """The action a "why can't I …" is about, or ``policy``."""
    for name, pattern in _COMPILED_ACTIONS:
        if pattern.search(plain):
            return name
    return "policy"


def question_topic(plain: str) -> str:
    """The topic of a question about this order or account, or an empty string."""
    for name, pattern in _COMPILED_TOPICS:
        if pattern.search(plain):
            return name
    return ""
