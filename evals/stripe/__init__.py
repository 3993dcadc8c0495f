"""A Stripe-like server with books of its own, and a proxy that breaks connections to it. For faults and benchmarks."""
