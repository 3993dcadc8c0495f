"""What a desk must never do to customers or staff: one module a harm, each a pure function of what happened."""
