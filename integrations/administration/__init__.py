"""Running the desk for a team: people, tokens, settings, and forgetting. Who may do it is whoever runs the desk."""
