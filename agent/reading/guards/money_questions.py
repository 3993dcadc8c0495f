"""Questions about the money of an order: what is left, what a refund would do, did it go through, why not."""

from __future__ import annotations

import re

from agent.reading.guards.figure_questions import asked_for
from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.signals import Signals
from agent.reading.words.topics import question_topic

_SURE = 0.95
_LEAD = r"^(?:\W|so|and|but|ok|okay|wait|hey|hi|well|then|also|please|now|hm+|oh|ORDERNO|on|for|:)*"
_GIVE_BACK = (
    r"(?:refund(?:ed|ing)?|give(?:n)?(?: \w+){0,2} back|pay(?: \w+){0,2} back|paid back|reimbursed?"
    r"|credit(?:ed)?)"
)
_REFUNDABLE = regex(
    rf"\bhow much (?:\w+ ){{0,6}}(?:still |left |more )*(?:refundable|{_GIVE_BACK})"
    r"|\bhow much (?:\w+ ){1,4}still (?:\w+ )?(?:get|have|receive)(?: \w+)? back\b"
    r"|\bhow much(?:'s| is| money is|) (?:still )?left(?! (?:in|on) (?:the |our |my )?(?:account|balance|fund"
    r"|reserve\w*|stock))"
    r"|\b(?:what|how much)(?:'s| is| are|)(?: the)?(?: (?:max\w*|most|limit|highest|amount|sum|rest))?(?: (?:that"
    r"|which))?"
    rf" (?:can|could|may) (?:i|we|still|be)(?: \w+){{0,4}} {_GIVE_BACK}"
    rf"|\b(?:anything|something|what|how much)(?: else| more)?(?: that)? (?:we|i|you)"
    rf" (?:can|could|may) (?:\w+ )?{_GIVE_BACK}"
    r"|\b(?:what|anything|something|how much|the amount)(?:'s| is| are)? (?:\w+ ){0,3}(?:refundable"
    r"|left to (?:refund|give|pay))"
    r"|\b(?:refundable|remaining) (?:amount|sum|money|total)\b.*\?|\b(?:is|are) there (?:anything|something"
    r"|any money) left\b"
    rf"|\bwhat(?:'s| is)? (?:still )?left (?:on it|here|on this|to {_GIVE_BACK}|on ORDERNO)"
)
_NOT_BACK = regex(
    rf"\b(?:how much|what|what's|whats)\b[^.?!;]{{0,40}}?(?:\bnot|n't|\bnever|\byet to be|\bstill to be)"
    rf"(?: (?:yet|been|we|i|already|so far))* {_GIVE_BACK}"
    r"|\b(?:how much|what)\b[^.?!;]{0,40}\b(?:MONEY|money|paid|pay|payment|sum)\b[^.?!;]{0,40}\bstill (?:\w+ )?"
    r"(?:have|hold|keep|got|with us|ours|here|sitting)\b"
)
"""What of the customer's money was not given back."""
_LEFT_AFTER = regex(
    r"\b(?:what|how much)(?:'s| is| would| will| does| do)?(?: (?:be|still|then|stay|remain|money|is|there"
    r"|that|this|it|leave"
    r"|leaves))* (?:left|remains?|remaining|stays?|leave|over)\b[^.;]*"
    r"\b(?:after (?:this|that|it|the (?:refund|card))|once (?:this|that|it|the \w+)|if (?:i|we) (?:press"
    r"|confirm|do this)|then)\b"
    r"|\bhow much would (?:this|that|it) leave (?:on|of)\b"
)
"""What is left of the order once the card is pressed."""
_ONE_OF_IT = regex(
    rf"{_LEAD}(?:what|how much)(?:'s| is| was| does| did| do| were)? (?:the )?(?:(?:price|cost|value) (?:of|for) )?"
    r"(?:one|each|a single|a|an|per|1)\b(?! (?:refund|return|supervisor|agent|quality|case))(?: \w+){0,3}?"
    r" (?:worth|cost|come to|go for|price[ds]?|run to)\b"
    rf"|{_LEAD}(?:what|how much)(?:'s| is| was) (?:the )?(?:(?:unit|single) (?:price|value|cost)|(?:price"
    rf"|cost|value) (?:of|for|per) (?:one|each|a|an|unit"
    r"|piece))\b"
    rf"|{_LEAD}(?:what|how much)(?: did| does| has| do| have| had) (?:\w+ ){{1,3}}?(?:pay|paid|spend|spent|cost)"
    r"(?: for)? (?:per|each|a single|one)(?! (?:card|paypal|visa))\b"
    rf"|{_LEAD}(?:what|how much)(?: is| are| was| were| did| do| does)? (?:they|those|these"
    rf"|the \w+)(?: \w+)? (?:each|apiece|a piece|per piece)\b"
)
"""What one of the goods is worth."""
_EFFECT = regex(
    r"\b(?:what|how|would|will|does|do|if)\b.*\b(?:refund\w*|pay\w* (?:\w+ )?back|giv\w+ (?:\w+ ){0,3}back"
    r"|credit\w*)\b.*"
    r"\b(?:do to|does to|affect|effect|impact|change|touch|hit|leave us|mean for|cost us|hurt|dent)\b"
    r"|\b(?:effect|impact) (?:\w+ ){0,3}(?:full |partial )?refund"
)
_THROUGH = regex(
    rf"{_LEAD}(?:did|has|have|is|was|were|does)(?:n't| not)? (?:it|that|this|the (?:refund|money|payment)"
    rf"|\w+ money|he|she|they"
    r"|the customer|the card|\w+)(?: \w+){0,2} (?:(?:go|gone|went|come|came|got|get) (?:through|out|over|in|ok)\b"
    r"|(?:got|get|gotten|received?|seen) (?:the |her |his |their )?(?:money|refund|it|cash)\b|work(?:ed)?\W*$"
    r"|(?:paid out|refunded|processed|executed)(?: out| yet| already| now)?\W*$"
    r"|land(?:ed)?\b|clear(?:ed)?\b)"
    r"|\bdid (?:it|that|this|the refund|they) (?:go through|work|succeed|fail)\b"
    r"|\bhows?(?:'s| is|) (?:that|the|this|her|his|their|my) (?:[\w']+ ){0,2}?(?:refund|money|payment|payout)"
    r" (?:doing|going|coming|looking|getting|holding)\b"
    rf"|{_LEAD}is (?:it|that|(?:the|her|his|their) (?:money|refund))"
    r" (?:out|through|done|gone|sent|paid|away|on its way)"
    r"(?: to (?:her|him|them))?(?: yet| now| already| then)?\b(?! of\b)"
)
_FUNDED = regex(
    r"\bwhere (?:does|do|will|would|is|did) (?:that|this|the|it)(?: money| cash| refund| sum)?(?: \w+)? (?:com(?:e|ing)"
    r"|taken|drawn|paid|funded) ?(?:out )?(?:from|of)?\b"
    r"|\b(?:which|what) (?:of our )?(?:account|pot|balance)s? (?:\w+ ){0,3}(?:pays?|come|comes|from|used|touched)\b"
)
_PAYMENT = r"(?:gift ?card|voucher|visa|master ?card|amex|paypal|klarna|card|payment|method)"
_SPLIT = regex(
    r"\b(?:how|what|which)\b[^.?!;]{0,40}\b(?:split|spread|divided?|distribut\w+|shared? out|go(?:es)?|lands?|gets?)\b"
    r"[^.?!;]{0,30}"
    rf"\b{_PAYMENT}s?\b(?=\W*$|[^.?!;]{{0,30}}\?)"
)
"""Over which payments a refund goes."""
_GOES_THERE = regex(
    rf"\b(?:comes?|goes?|going|coming|taken|paid|lands?)(?: back| all| only)?(?: out)? (?:of|off|from|to|onto|on|by)"
    rf" (?:the |his |her |their )?(?:\w+ )?{_PAYMENT}\b[^.;!?]{{0,20}}, (?:right|correct|yeah|yes)\?"
    rf"|\b(?:which|what) {_PAYMENT} (?:does|will|would|is|did)\b[^.;!]{{0,40}}\?"
)
"""Whether it goes over one of them."""
_PAID = regex(
    rf"{_LEAD}(?:what|how much)(?:'s| is| was|) (?:(?:did|has|have|had) )(?!we\b|you\b|i\b|us\b|anyone"
    rf"|anybody|someone|somebody)"
    r"(?:\w+ ){1,3}?(?:pay|paid|spend|spent)(?! (?:us|out|back|her|him|them|already|so far)\b)\b"
    r"|\b(?:what|how much)(?:'s| has| did| have| had)?"
    r" (?:she|he|they|(?:the )?(?:customer|client|buyer)|(?!we\b|i\b|you\b)[a-z]+)"
    r"(?: all)? (?:paid|pay|spent|spend)\b(?!\s?(?:back|out|us\b|for (?:the )?(?:return|label)))"
    rf"|{_LEAD}who paid (?:what|how|with|for (?:it|this|that))\b"
    r"|\b(?:was|is|did) (?:it|this|that|she|he|they|the customer)(?: paid| pay)?(?: by| with| via| on| over)?(?: an?)?"
    rf" (?:credit |debit )?{_PAYMENT}\b[^.;!]{{0,16}}\?"
)
"""What the customer paid."""
_WHY_NOT = regex(
    r"^(?:\W|but|and|ok|okay|so|hm+|oh|wait|hey)*(?:why(?: not| is that| so| that|'s that)?|how come|what for)\W*$"
)

_ALL_THAT = regex(
    rf"{_LEAD}(?:refund |give (?:her |him |them )?|take |then )?(?:all (?:of )?(?:that|it)|that much|the (?:whole"
    rf"|full|entire)"
    r" (?:amount|sum|lot)|MONEY)(?: then| back| please| to (?:her|him|them)| now)*\W*$"
)
"""All of what was just told."""


def _told_by_relation(s: Signals, now: Open) -> Act | None:
    """An amount told by what stands or was given before ("deduct 4 from that", "bring it up to 25 altogether")."""
    kinds = {span.value["kind"] for span in s.kind("money")}
    if not kinds & {"less", "up_to"} or s.has("question", "supplier", "approves", "rejects", "wants_return"):
        return None
    if re.search(r"\b(?:fees?|restock\w*|label|handling|return)\b", s.plain) or "return" in now.flow:
        return None
    if now.proposal:
        return Act("correct", _SURE) if now.flow in {"direct_refund", "quality_issue"} else None
    return Act("refund", _SURE) if not now.anything and "up_to" in kinds else None


def _figure_of_it(s: Signals) -> str:
    """Which figure of the order is asked for, as a topic: what is left of it."""
    left = _REFUNDABLE.search(s.plain) or _LEFT_AFTER.search(s.plain)
    elsewhere = re.search(r"\b(?:shipping|fund|reserved|payout|policy|usually|allowed)\b", s.plain)
    return "refundable" if left and not elsewhere else ""


def _price_of_one(s: Signals) -> Act | None:
    """What one of the goods costs."""
    asked_so = s.has("question") and _ONE_OF_IT.search(s.plain) and not s.has("rejects", "supplier")
    return Act("ask_status", _SURE, "unit_price") if asked_so else None


def _not_back(s: Signals) -> Act | None:
    """What of the customer's money the shop still has."""
    asks = s.has("question") and _NOT_BACK.search(s.plain) and not s.has("rejects", "supplier")
    return Act("ask_status", _SURE, "refundable") if asks else None


_SHIPPING = regex(
    r"\b(?:for|in|as) (?:the )?(?:shipping|postage|delivery|carriage|freight)\b"
    r"|\b(?:shipping|postage) (?:costs?|fees?|charges?)\b"
)
"""What was paid for sending it: the order itself says so."""


_WE_PAY_THEM = regex(
    r"\b(?:what|how much)(?: did| do| have| had) (?:we|the shop) (?:pay|paid|spend|spent)(?: to)?"
    r" (?:them|the (?:supplier|vendor|factory))\b"
    r"|\b(?:what|how much)(?:'s| is| was) (?:our|the) (?:product|purchase|supplier) cost\b"
)
"""What the goods cost the shop is asked."""


def _of_payments(s: Signals, now: Open) -> Act | None:
    """What the customer paid, or which of our accounts pays a refund."""
    if now.dropshipped and _WE_PAY_THEM.search(s.plain):
        return Act("ask_status", _SURE, "supplier_cost")
    if now.order_known and _GOES_THERE.search(s.plain):
        return Act("ask_status", _SURE, "payment")
    if not s.has("question") or s.has("supplier"):
        return None
    if _FUNDED.search(s.plain):
        return Act("ask_balance", _SURE, "balance")
    if _SPLIT.search(s.plain):
        return Act("ask_status", _SURE, "payment")
    paid = _PAID.search(s.plain) and now.pending != "amount"
    topic = "order" if _SHIPPING.search(s.plain) and now.order_known else "payment"
    return Act("ask_status", _SURE, topic) if paid else None


def asked(s: Signals, now: Open) -> Act | None:
    """A question about the money of an order."""
    if _WHY_NOT.match(s.plain) and (not now.pending or "not" in s.plain or "how come" in s.plain):
        return Act("ask_policy", _SURE, "why_refused")
    if not now.anything and _ALL_THAT.match(s.plain):
        return Act("refund", _SURE)
    if (
        told := _not_back(s)
        or _price_of_one(s)
        or asked_for(s, now)
        or _told_by_relation(s, now)
        or _of_payments(s, now)
    ) is not None:
        return told
    if s.has("rejects", "supplier") or (s.kind("money") and not s.has("question")):
        return None
    if figure := _figure_of_it(s):
        return Act("ask_status", _SURE, figure)
    if s.has("question") and _EFFECT.search(s.plain) and not s.has("policy"):
        topic = question_topic(s.plain)
        return Act("ask_balance", _SURE, topic if topic in {"payout", "settlement"} else "balance")
    if _THROUGH.search(s.plain) and not (s.reasons or s.has("wants_return", "a_return", "delivery")):
        return Act("ask_status", _SURE, "refund_status")
    return None
