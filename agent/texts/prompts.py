"""Loading texts from `prompts/`: front matter, versions, hashes. A missing variable fails at once, by name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any

import yaml


class MissingText(KeyError):
    """No text of that name."""


class MissingVariable(KeyError):
    """A text names a variable that was not given."""

    def __init__(self, text: str, variable: str) -> None:
        super().__init__(f"the text {text!r} needs {variable!r}")


@dataclass(frozen=True, slots=True)
class Document:
    """A text file with front matter."""

    name: str
    meta: dict[str, Any]
    body: str
    sha256: str


def read(path: str) -> str:
    """A file under `prompts/`."""
    return (resources.files("prompts") / path).read_text(encoding="utf-8")


def document(path: str) -> Document:
    """A Markdown file: YAML front matter between `---` lines, then the body."""
    text = read(path)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if not text.startswith("---\n"):
        return Document(path, {}, text, digest)
    head, _, body = text[4:].partition("\n---\n")
    return Document(path, yaml.safe_load(head) or {}, body.strip(), digest)


@cache
def mapping(path: str) -> dict[str, str]:
    """A YAML file of name → template."""
    loaded: dict[str, str] = yaml.safe_load(read(path))
    return loaded


def fill(path: str, name: str, values: dict[str, Any]) -> str:
    """The template of that name with its variables filled in. Raises MissingText, MissingVariable."""
    try:
        template = mapping(path)[name]
    except KeyError:
        raise MissingText(f"{path}: {name}") from None
    for variable in variables(template):
        if variable not in values:
            raise MissingVariable(f"{path}: {name}", variable)
    return template.format(**values).strip()


def variables(template: str) -> set[str]:
    """The variables a template names."""
    return {field for _, field, _, _ in Formatter().parse(template) if field}
