"""Helpdesks: one port (`port`), an adapter each. Channels hold no rules; what a ticket says is untrusted."""
