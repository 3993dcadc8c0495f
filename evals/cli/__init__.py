"""`desk evals`: replay scripted cases, judge them, report, compare, guard."""

from evals.cli.main import app

__all__ = ["app"]
