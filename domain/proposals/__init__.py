"""Proposals: every write is one first, decided once by an authorised person."""
