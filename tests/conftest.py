"""What any test may ask for."""

from tests.postgres import postgres, postgres_url
from tests.request_tracker import request_tracker

__all__ = ["postgres", "postgres_url", "request_tracker"]
