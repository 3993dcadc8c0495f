"""The writer: facts to blocks, cards, notes and plain text. Templates only; nothing here decides anything."""
