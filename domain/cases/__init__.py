"""Conversations and the cases they hold, as stored."""
