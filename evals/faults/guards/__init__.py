"""Guards, each with the small change of the source that takes exactly that guard out."""
