"""What a desk must never do to a customer or a member of staff: one module a harm, each a pure function of what happened."""
