"""Money that goes from the customer to us."""

from __future__ import annotations

from agent.reading.text.patterns import regex

CUSTOMER_PAYS = regex(
    r"\b(?:have|let|make|making|ask|want|wants|get|likes?|prefers?|needs?|expects?|tell|told) (?:her|him"
    r"|them|the customer|mrs? \w+|ms \w+)(?: to)? (?:pay|cover|bear|chip in"
    r"|contribute|put)\b"
    r"|\b(?:she|he|they|customer|client|buyer|mrs? \w+|ms \w+)(?:'ll)?(?: (?:will|should|shall|must|can"
    r"|may|has to|have to|needs to|is to"
    r"|ought to|does|just|then))* (?:pays?|covers?|bears?|contributes?|chips? in|puts?)\b"
    r"|\bcharg(?:e|ing) (?:her|him|them|the customer|mrs? \w+|ms \w+)\b"
    r"|\b(?:MONEY|\d+) (?:towards|for|as a (?:contribution|share)) (?:the |our |her |his )?(?:collection"
    r"|pick ?up|courier|label|return"
    r"|way back|transport|postage|carriage|costs?)\b"
)
"""Money that goes from the customer to us: a fee of the return, and no refund."""
