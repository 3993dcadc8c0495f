"""What any test may ask for."""

from hypothesis import settings

from tests.postgres import postgres, postgres_url
from tests.request_tracker import request_tracker

# How long an example takes says something about the machine, nothing about the promise.
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if settings.get_current_profile_name() == "ci" else "desk")

__all__ = ["postgres", "postgres_url", "request_tracker"]
