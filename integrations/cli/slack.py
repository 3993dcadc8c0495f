"""`desk slack`: Socket Mode; the manifest; a key for tokens."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

slack = typer.Typer(help="Slack: without a subcommand, connect by Socket Mode.")


@slack.command()
def manifest(
    url: Annotated[
        str, typer.Option(help="The desk's own https://… address; without it, for Socket Mode.")
    ] = "",
) -> None:
    """Print the app's manifest, to be pasted at api.slack.com/apps."""
    import json

    from integrations.slack.manifest import NotPublic, manifest_for

    try:
        print(json.dumps(manifest_for(url), indent=2, ensure_ascii=False))
    except NotPublic as error:
        print(f"desk: {error}", file=sys.stderr)
        raise typer.Exit(1) from None


@slack.command()
def key() -> None:
    """Print a fresh key for DESK_SLACK_TOKEN_KEY."""
    from cryptography.fernet import Fernet

    print(Fernet.generate_key().decode())


async def run_socket(*, demo: bool) -> None:
    """Connect by Socket Mode and work until interrupted. Raises Misconfigured, StorageUnavailable."""
    import asyncio
    import signal

    from slack_sdk.errors import SlackApiError

    from integrations.bootstrap import Misconfigured, application, load_settings
    from integrations.slack import SlackChannel, SlackMisconfigured
    from integrations.slack.client import code_of
    from integrations.slack.socket_mode import connected

    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with application(load_settings(), demo=demo) as app:
        channel = next((each for each in app.channels if isinstance(each, SlackChannel)), None)
        if channel is None:
            raise Misconfigured("Slack is not configured: set DESK_SLACK_APP_TOKEN and DESK_SLACK_BOT_TOKEN")
        try:
            async with connected(channel.config, channel.door):
                print("desk slack: connected", flush=True)
                await stop.wait()
        except SlackMisconfigured as error:
            raise Misconfigured(str(error)) from None
        except SlackApiError as error:
            raise Misconfigured(f"Slack refuses the connection: {code_of(error)}") from None
