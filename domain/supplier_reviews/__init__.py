"""Supplier reviews: asking a dropshipping supplier to bear the cost."""
