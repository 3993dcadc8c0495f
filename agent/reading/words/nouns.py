"""Words that never name an item by themselves, and the phrase that may."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.shorthand import WRITTEN_OUT

NOT_ITEMS = frozenset(
    """
a an and or the this that these those it its it's she he they her his their him them i we me my our us you
your is are was were be been
has have had do does did done can could will would should may might must not no yes ok okay pls please thx
thanks hi hello hey to of in on at
by for from with without as into out up down off over under again back after before than then so but if
when where what which who why how
also only just too very more most much many some any all both each every one two three four five six seven
eight nine ten other another
first second third last next same
order orders ord number no nr refund refunds refunded rfnd return returns returned rtn rma exchange
customer cust cx buyer client item items
product products thing things unit units piece pieces pcs line lines qty quantity amount price cost fee
fees money full half partial total
credit card account balance payment shipping shipped ship postage delivery delivered deliver parcel
package pkg box courier carrier tracking
label reason note photo photos picture pictures pic pics video image images proof evidence attached attch
attchd see here ticket mail email
message reply draft write approve approved reject rejected decline accept ok review request requests
supplier vendor claim restocking restock
damaged damage dmg broken broke cracked smashed defective faulty wrong missing late lost never arrived
arrive came got received receive wants
want wanted like likes doesn't doesnt dont don't didn't didnt isn't isnt keep keeps keep's kept keeping
let lets needs need send sent sends
changed change chgd mind mistake accident goodwill gesture sorry apology fit fits size small big large
colour color inside outside window days
day week weeks today yesterday pls asap fyi because bc cuz she's shes he's hes they're that's thats still
now already yet ago give gave get
gets make made take took put check look show pull open start create cancel cancelled close stop forget
instead of actually wait sorry about
says said say told asks asked asking customer's transit works working work stopped stop torn ripped
scratched dented stained leaking leaks
leak chipped crushed shattered dead good bad fine new old used worn everything nothing something anything
whole entire complete lot rest
status update when was where's how's who's much deliver ordered ordering bought buy paid pay pays charge
charged chrgd twice dup duplicate
euro euros eur dollar dollars usd gbp pounds quid bucks yen percent pct tenner fiver only plus minus less
happy loyal supervisor manager finance human photo's description policy allowed history log process issue
issued go ahead do
via per each w w/o x rfd reimburse reimbursement compensation compensate offer warehouse stock mark
inspected inspection
own prints print paypal visa mastercard amex klarna cannot
error errors fault
usual usually thing's needful remaining remainder delay delays delayed trouble inconvenience hassle costs charges charge
exception time times article articles particular answer answers response responses
lower upper middle option options choice stuff
em friday monday tuesday wednesday thursday saturday sunday bin one's ones hers himself herself themselves
""".split()
)
_STOP = (
    r"(?:[,.;:!?()]|$|\b(?:on|in|from|for|of|is|was|were|are|has|had|have|back|because|bc|b/c"
    r"|cuz|coz|since|and|but|to|with|without|w|w/o|that|which|who|who's|as|she|he|they|it|"
    r"i|we|her|him|his|their|pls|plz|please|came|arrived|arrives|got|broke|broken|cracked"
    r"|leaks|leaked|never|not|doesn't|didn't|won't|isn't|wasn't|dont|doesnt|didnt|isnt|wont"
    r"|after|before|at|via|plus|"
    r"only|instead|too|also|goodwill|refund\w*|rfnd|return\w*|rtn|order|ord|damaged|dmg|dmgd|defective"
    r"|faulty|wrong|missing|late|lost|smashed|scratched|torn|ripped|changed|chgd|"
    r"customer|cust|full|half|arr|rcvd|dlvd|brkn|keeps|wants|does|did|if|when|just|so|by|out"
    r"|off|now|today|again|anymore|stopped|fits|says|came|needs|should|can|will)\b|\d|\x00)"
)
_LEAD = (
    r"(?:\b(?:the|an?|her|his|their|my|this|that|of the|of her|those|these|both|all the|one|two"
    r"|three|four|five|\d{1,3} ?x?|x ?\d{1,3}|item:?|line:?)\s+)"
)
_PHRASE = regex(
    rf"{_LEAD}(?P<p>[^\W\d_][\w'-]*(?:\s(?!{_STOP})[\w'-]+){{0,3}}?)\s*(?={_STOP})", re.IGNORECASE
)
_AFTER_VERB = regex(
    rf"\b(?:refund|rfnd|return|rtn|exchange|swap)\s+(?P<p>[^\W\d_][\w'-]*(?:\s(?!{_STOP})[\w'-]"
    rf"+){{0,2}}?)\s*(?={_STOP})",
    re.IGNORECASE,
)


def names_nothing(word: str) -> bool:
    """Whether a word is of the work alone, also where it is written short ("shpg", "dlvry")."""
    return word in NOT_ITEMS or (
        word in WRITTEN_OUT and all(part in NOT_ITEMS for part in WRITTEN_OUT[word].split())
    )


_IN_TIME = regex(
    r"\b(?:after|before|until|since|during|ahead of|past|(?:too |days? |weeks? )?late for|(?:in|on) time for|missed)\s"
    r"(?:(?:an?|the|her|his|their|our|my)\s)?$",
    re.IGNORECASE,
)
"""What stands behind these says when ("days after the party")."""


def item_phrase(text: str) -> tuple[str, int, int] | None:
    """The first phrase in `text` (identifiers masked) that may name an item, with its place."""
    for pattern in (_PHRASE, _AFTER_VERB):
        for match in pattern.finditer(text):
            words = [
                word
                for word in re.findall(r"[\w'-]+", match.group("p").lower())
                if not names_nothing(word) and not word.isdigit()
            ]
            first = match.group("p").split()[0].lower()
            if _IN_TIME.search(text[: match.start("p")]):
                continue
            if words and not (pattern is _AFTER_VERB and first in NOT_ITEMS):
                return match.group("p").strip(), match.start("p"), match.end("p")
    return None


_ASKED_FOR = regex(
    r"\b(?:refund\w*|rfnd|return\w*|rtn|exchange|swap|cancel|credit|reimburse|for|wants?|sends?)\s(?:\w+\s){0,2}?"
    r"(?:(?:the|an?|her|his|their|that|this|those|these|of|\d{1,3}|\x00+)\s+)*$"
    r"|(?:\d{1,3}|\x00+)\s(?:x\s)?$",
    re.IGNORECASE,
)


_PLACE = regex(
    r"\b(?:to|at|from|into|near|behind|outside|with|by)\s(?:an?|the|her|his|their|our|some)\s$", re.IGNORECASE
)


def may_be_goods(text: str, start: int, *, near: bool) -> bool:
    """Whether the phrase at `start` may name an item.

    It does where it is what is to be given back, or counted, whatever it is called; else where it is `near` the name of
    a line and does not only say where to or with whom ("gives them to a charity shop").
    """
    before = text[:start]
    return bool(_ASKED_FOR.search(before)) or (near and not _PLACE.search(before))
