"""The command `desk`. Every command imports what it needs when it runs, so that `--help` is quick."""

from integrations.cli.main import main

__all__ = ["main"]
