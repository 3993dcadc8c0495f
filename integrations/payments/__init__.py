"""Payment providers: where money really moves."""
