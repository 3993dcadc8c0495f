"""The state machine: two shops in one database, and everything that can happen to them."""
