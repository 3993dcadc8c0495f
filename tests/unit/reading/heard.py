"""What was heard, in short."""


def names(understanding):
    """The command names, in order."""
    return [command.name for command in understanding.commands]


def values(command):
    """Slot values without their spans."""
    return {name: slot.value for name, slot in command.slots.items()}
