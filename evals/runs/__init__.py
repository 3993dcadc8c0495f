"""Runs: many cases, replayed side by side, judged, kept in a folder, summed up and compared."""
