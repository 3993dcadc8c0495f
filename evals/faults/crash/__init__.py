"""Processes that are killed while they move money, and the books afterwards."""
