"""Tools: one thin function a thing, typed, marked READ or PROPOSE. No tool confirms."""
