"""Texts for people: loaded from `prompts/`, worded, drafted in four languages, and held to promise nothing."""
