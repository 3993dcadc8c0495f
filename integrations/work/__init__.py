"""Work that must not be lost: leased jobs, their handlers, and what is done every so often."""
