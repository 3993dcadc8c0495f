"""Refunds: money from merchant to customer."""
