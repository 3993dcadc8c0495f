"""Returns: goods from customer to merchant, and the money that follows them."""
