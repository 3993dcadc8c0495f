"""The benchmarks: the desk against a peer, both measured in one run. `python -m evals.bench --help`."""
