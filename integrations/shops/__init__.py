"""Shops: where orders come from and what was decided is written back to. One port, an adapter each."""
