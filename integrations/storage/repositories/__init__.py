"""One module an area; each implements a protocol of `domain.ports` on a :class:`~integrations.storage.link.Link`."""
