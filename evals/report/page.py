"""One HTML page that a support lead would read; nothing in it comes from elsewhere."""

def page(summary, records, verdicts=()):
    return ""
