"""The order aggregate: what was bought, paid, refunded, returned and said."""
