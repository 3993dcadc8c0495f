"""Looking at the desk from outside: metrics, traces, log lines. Ids only; nothing that a customer or staff wrote."""
