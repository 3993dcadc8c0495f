"""What the suite itself stands on: its plugin for system parts, and the house rules."""
