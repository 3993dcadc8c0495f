"""Faults: a state machine over every command, guards taken out one by one, and what else `make faults` counts."""
