"""The page at ``/``: the same desk for a person at a browser. Server-rendered; htmx swaps what changes."""
