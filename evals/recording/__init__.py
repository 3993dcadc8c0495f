"""A real conversation of the desk's database as a case, with personal data replaced."""
