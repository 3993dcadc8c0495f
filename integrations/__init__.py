"""Adapters: storage, channels, payments and the composition root."""
