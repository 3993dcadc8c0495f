"""The watcher: reads the database beside the desk, compares with what it saw before, and complains."""
