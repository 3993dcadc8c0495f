"""A wrong setting is refused at start, by name and with what would be right."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from domain.settings import MerchantSettings
from integrations.settings import Settings


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("database_url", "mysql://x/y", "postgresql://"),
        ("database_url", "sqlite://", "sqlite:///"),
        ("merchant", "my shop", "letters"),
        ("currency", "EURO", "ISO 4217"),
        ("public_url", "desk.example.com", "https://"),
        ("public_url", "ftp://desk.example.com", "https://"),
        ("port", 99999, "65535"),
        ("worker", "none", "embedded"),
        ("reader", "model", "DESK_MODEL"),
        ("data", __file__, "folder"),
    ],
)
def test_a_wrong_setting_says_what_would_be_right(name, value, said):
    with pytest.raises(ValidationError) as refused:
        Settings(**{name: value})
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"DESK_PORT": "eighty"}, "setting DESK_PORT: "),
        ({"DATABASE_URL": "mysql://user:hunter2@x/y"}, "DATABASE_URL: give sqlite:///"),
        ({"DESK_READER": "model"}, "DESK_READER=model needs DESK_MODEL"),
    ],
)
def test_the_command_line_names_the_variable_and_never_its_value(environment, line, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "from integrations.cli import main; main()", "staff", "list"],
        env={"PATH": "", "DESK_DATA": str(tmp_path), **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert line in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr


def test_every_setting_of_a_shop_is_documented_with_its_default():
    text = (Path(__file__).parents[2] / "docs" / "merchant-settings.md").read_text(encoding="utf-8")
    for name, field in MerchantSettings.model_fields.items():
        default = json.dumps(field.get_default(call_default_factory=True))
        [row] = [line for line in text.splitlines() if line.startswith(f"| `{name}` |")]
        assert f"| `{default}` | {field.description} |" in row


def test_the_threat_model_names_tests_that_exist():
    root = Path(__file__).parents[2]
    text = (root / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:unit|integration|contract|setup|faults)/[\w/.]*)`", text))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (root / "tests" / name).exists()] == []
