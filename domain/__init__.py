"""The order page as code: facts, rules and decisions. Nothing else decides."""
