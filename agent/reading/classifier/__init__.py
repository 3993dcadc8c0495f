"""The two small models: features, encoder and heads."""
