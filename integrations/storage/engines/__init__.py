"""How transactions run: one engine a database, the same repositories on both."""
