"""The clauses of one message, each weighed, and what they mean together."""
