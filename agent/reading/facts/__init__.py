"""The facts of a clause as slot values with the words they came from."""
