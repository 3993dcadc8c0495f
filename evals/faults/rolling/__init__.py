"""Conversations behind a load balancer while the replicas are restarted one after the other."""
