"""Carriers' accounts that draw labels."""
