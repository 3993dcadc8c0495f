"""Words as they were written: own ones told from quoted ones, shorthand written out, numbers in words read."""
