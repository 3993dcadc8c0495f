"""What answers the open question, and what is clearly no answer to it."""
