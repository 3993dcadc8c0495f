"""Which lines of an order are meant, and how many units of them."""
