"""`desk` for this Python, whether or not its script is on the path."""

from integrations.cli import main

if __name__ == "__main__":
    main()
