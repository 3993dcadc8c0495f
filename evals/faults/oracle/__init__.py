"""An independent reading of the order page: what is legal, in plain dictionaries, with no code of the domain's."""
