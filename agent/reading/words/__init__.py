"""What words say: word families, reasons, names, and the finer acts of a clause."""
