"""Versioned texts: replies, drafts, knowledge pages. Loading them is :mod:`agent.texts.prompts`."""
