"""How often a caller may ask: the same bucket as for webhooks."""

from integrations.rate import Rate

__all__ = ["Rate"]
