"""`desk helpdesk`: what connecting a helpdesk needs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Connect a helpdesk.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Connect a helpdesk."""


@app.command("zendesk-app")
def zendesk_app(
    url: Annotated[str, typer.Option(help="The desk's https:// address as agents' browsers reach it.")],
    subdomain: Annotated[str, typer.Option(help="SUB of SUB.zendesk.com.")],
    out: Annotated[Path, typer.Option(help="Where to write the package.")] = Path("returns-desk-zendesk.zip"),
) -> None:
    """Make the app to upload in Zendesk's Admin Center."""
    from integrations.helpdesk.zendesk_app import WrongAddress, package

    try:
        out.write_bytes(package(url, subdomain))
    except (WrongAddress, OSError) as error:
        print(f"desk: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
    print(
        f"{out}: upload it in Admin Center > Apps and integrations > Zendesk Support apps > Upload private app."
    )
