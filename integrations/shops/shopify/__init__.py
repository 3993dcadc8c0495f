"""Shopify's Admin API (GraphQL). See docs/shops.md for what becomes of what."""
