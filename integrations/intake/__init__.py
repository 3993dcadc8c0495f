"""Orders coming in: order documents and the Online Retail data set."""
