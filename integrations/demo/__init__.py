"""The demo shop: a slice of a real shop's invoices, a few hand-made orders, and four members of staff."""
