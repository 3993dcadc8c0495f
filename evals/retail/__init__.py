"""Cases out of a real shop's credit notes."""
