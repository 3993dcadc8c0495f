"""Files as this channel takes them in: see :mod:`integrations.files`."""

from integrations.files import TAKEN, plain_name, sniff

__all__ = ["TAKEN", "plain_name", "sniff"]
