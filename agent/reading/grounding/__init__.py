"""What of a command must have been said, whatever reader it came from."""
