"""One module a row of the table in docs/benchmarks.md."""
