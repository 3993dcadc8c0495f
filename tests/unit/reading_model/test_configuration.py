"""Which reader the settings choose, and what is said when it cannot be had."""

import sys

import pytest
from langchain.chat_models import base
from pydantic import ValidationError

from agent.reading.chat_model.cascade import CascadeReader
from agent.reading.chat_model.provider import ModelUnavailable, connect
from agent.reading.chat_model.reader import ModelReader
from agent.reading.local import LocalReader
from integrations.bootstrap import load_reader, load_settings


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("DESK_MODEL", "DESK_READER", "DESK_MODEL_API_KEY", "DESK_MODEL_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({}, LocalReader),
        ({"DESK_MODEL": "openai:gpt-4.1-mini"}, CascadeReader),
        ({"DESK_MODEL": "openai:gpt-4.1-mini", "DESK_READER": "cascade"}, CascadeReader),
        ({"DESK_MODEL": "anthropic:claude-of-the-test", "DESK_READER": "model"}, ModelReader),
        ({"DESK_MODEL": "openai:gpt-4.1-mini", "DESK_READER": "local"}, LocalReader),
    ],
)
def test_the_settings_choose(environment, kind, monkeypatch):
    for name, value in {"DESK_MODEL_API_KEY": "sk-secret", **environment}.items():
        monkeypatch.setenv(name, value)
    assert type(load_reader(load_settings())) is kind


@pytest.mark.parametrize("reader", ["model", "cascade"])
def test_a_model_must_be_named(reader, monkeypatch):
    monkeypatch.setenv("DESK_READER", reader)
    monkeypatch.setenv("DESK_MODEL_API_KEY", "sk-secret")
    with pytest.raises(ValidationError, match=f"DESK_READER={reader} needs DESK_MODEL") as refused:
        load_settings()
    assert "sk-secret" not in str(refused.value)


def test_the_key_is_shown_nowhere(monkeypatch):
    monkeypatch.setenv("DESK_MODEL_API_KEY", "sk-secret")
    assert "sk-secret" not in repr(load_settings())


@pytest.mark.parametrize(
    ("name", "module", "advice"),
    [
        ("openai:gpt-4.1-mini", "langchain_openai", r"pip install 'returns-desk\[models\]'"),
        ("anthropic:claude-of-the-test", "langchain_anthropic", r"pip install 'returns-desk\[models\]'"),
        ("google_genai:gemini", "langchain_google_genai", "pip install langchain-google-genai"),
    ],
)
def test_a_missing_package_is_named_with_the_command_that_installs_it(name, module, advice, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    base._get_chat_model_creator.cache_clear()
    with pytest.raises(ModelUnavailable, match=advice):
        connect(name, api_key="sk-secret")


@pytest.mark.parametrize("name", ["gpt-4.1-mini", "openai:", ":x", "nobody:knows"])
def test_a_name_of_the_wrong_form_is_refused(name):
    with pytest.raises(ModelUnavailable, match="DESK_MODEL"):
        connect(name, api_key="sk-secret")


def test_a_missing_key_is_said_without_a_call(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelUnavailable, match="DESK_MODEL_API_KEY"):
        connect("openai:gpt-4.1-mini")
