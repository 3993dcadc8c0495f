"""From ``provider:name`` to a chat model, by LangChain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_TOKENS = 1500
"""Of one answer; the longest message takes a third of it."""

_IN_EXTRA = frozenset({"openai", "anthropic"})


class ModelUnavailable(RuntimeError):
    """The configured model cannot be used; the text says what to do."""


def connect(
    name: str, *, base_url: str = "", api_key: str = "", timeout_seconds: float = 8.0
) -> BaseChatModel:
    """The chat model of that name. No call is made yet, and none is ever repeated. Raises ModelUnavailable."""
    provider, colon, model = name.partition(":")
    if not (provider and colon and model):
        raise ModelUnavailable(
            f"DESK_MODEL is provider:name, for example openai:gpt-4.1-mini; {name!r} is not"
        )
    from langchain.chat_models import init_chat_model

    try:
        found: BaseChatModel = init_chat_model(
            model, model_provider=provider, **_options(provider, base_url, api_key, timeout_seconds)
        )
    except ImportError as error:
        raise ModelUnavailable(f"DESK_MODEL={name} needs a package: {_install(provider)}") from error
    except Exception as error:
        raise ModelUnavailable(_sentence(name, error)) from error
    return found


def _options(provider: str, base_url: str, api_key: str, timeout_seconds: float) -> dict[str, Any]:
    if provider == "ollama":
        options: dict[str, Any] = {
            "num_predict": MOST_TOKENS,
            "client_kwargs": {"timeout": timeout_seconds},
        }
    else:
        options = {"timeout": timeout_seconds, "max_retries": 0, "max_tokens": MOST_TOKENS}
    if base_url:
        options["base_url"] = base_url
    if api_key:
        options["api_key"] = api_key
    elif base_url and provider == "openai":
        options["api_key"] = "none"  # servers of one's own ask for none, the client insists on some
    return options


def _install(provider: str) -> str:
    if provider in _IN_EXTRA:
        return "pip install 'returns-desk[models]'"
    return f"pip install langchain-{provider.replace('_', '-')}"


def _sentence(name: str, error: Exception) -> str:
    """What is wrong, without values: a provider's own text may hold the key."""
    kind = type(error).__name__
    hint = "is there such a provider, and is its key set (DESK_MODEL_API_KEY or the provider's own variable)?"
    return f"DESK_MODEL={name} cannot be used ({kind}); {hint}"
