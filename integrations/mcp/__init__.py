"""MCP: the desk's READ and PROPOSE tools for assistants of one's own. Nothing can be confirmed here."""
