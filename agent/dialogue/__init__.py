"""From commands to case changes to outcomes: the deterministic middle of the desk."""
