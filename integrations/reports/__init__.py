"""Reports for the lead: what the desk did in a period, in figures. Nobody's words, no customer."""
