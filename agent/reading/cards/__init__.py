"""What is said while a card is open: changes to it, by what the card is about."""
