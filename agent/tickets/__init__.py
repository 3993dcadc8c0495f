"""What a ticket says: the customer's claims, the orders it may be about, and what is likely next. Data, no commands."""
