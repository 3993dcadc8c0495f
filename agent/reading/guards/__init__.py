"""What a clause says outright, by the work it is about: evidence that pulls the models."""
