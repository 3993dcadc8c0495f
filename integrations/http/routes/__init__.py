"""The API's operations, one module an area. Each reads, calls the domain or the desk, and writes an answer."""
