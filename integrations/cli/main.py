"""`desk` and its commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from integrations.cli import administration, work
from integrations.cli.helpdesk import app as helpdesk
from integrations.cli.running import run
from integrations.cli.slack import slack

app = typer.Typer(
    name="desk",
    help="A conversational desk for refunds and returns.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Plain help: importing rich for it would take twice as long as all the rest.
)

Demo = Annotated[bool, typer.Option("--demo", help="Use the demo shop; it is made at the first start.")]


@app.command()
def chat(
    demo: Demo = False,
    staff: Annotated[str, typer.Option(help="Who speaks: an id or an e-mail address.")] = "ana",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a reply.")] = False,
    thread: Annotated[str, typer.Option(help="Name of the conversation to go on with.")] = "",
) -> None:
    """Talk with the desk in the terminal. Lines on standard input make it a script."""
    from integrations.cli.chat import run_chat

    run(run_chat(demo=demo, staff=staff, as_json=as_json, thread=thread))


@app.command()
def serve(
    demo: Demo = False,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    staff: Annotated[str, typer.Option(help="Whom the one-time link signs in.")] = "ana",
    trial: Annotated[
        bool, typer.Option("--trial", help="Take scripted cases under /trial (desk evals run --url).")
    ] = False,
) -> None:
    """Serve the page and the HTTP API."""
    import gc

    gc.disable()  # Until everything is loaded, a fifth of the start went into looking for garbage; run_server ends it.
    try:
        from integrations.cli.serve import run_server

        run(run_server(demo=demo, host=host, port=port, staff=staff, trial=trial), quick_loop=True)
    finally:
        gc.enable()  # A start that was refused leaves the process as it found it.


@app.command("import")
def import_orders(
    file: Annotated[Path, typer.Argument(help="A file of order documents, or of invoices.", exists=True)],
    form: Annotated[str, typer.Option("--format", help="documents or online-retail.")] = "documents",
    demo: Demo = False,
    staff: Annotated[str, typer.Option(help="In whose name a desk that runs here takes them.")] = "fin",
) -> None:
    """Import orders. Bad rows are reported by line, field and rule; good ones are not lost."""
    from integrations.cli.intake import run_import

    raise typer.Exit(run(run_import(file, form, demo=demo, staff=staff)))


replay = typer.Typer(help="Replay real history through the desk.", no_args_is_help=True)
app.add_typer(replay, name="replay")


@replay.command("online-retail")
def replay_retail(
    file: Annotated[Path, typer.Argument(help="Invoices and credit notes.", exists=True)],
) -> None:
    """Import the invoices into a fresh database and refund every credit-note line."""
    from integrations.cli.intake import run_replay

    raise typer.Exit(run(run_replay(file)))


@app.command()
def read() -> None:
    """Print what the reader makes of each line of standard input, as JSON Lines."""
    from agent.reading.describe import read_lines

    read_lines(sys.stdin, sys.stdout)


@app.command()
def ledger(
    order: Annotated[str, typer.Argument(help="An order's number.")],
    demo: Demo = False,
) -> None:
    """Print the ledger rows of an order."""
    from integrations.cli.records import run_ledger

    raise typer.Exit(run(run_ledger(order, demo=demo)))


app.add_typer(helpdesk, name="helpdesk")
audit = typer.Typer(help="The audit chain.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command("verify")
def audit_verify(demo: Demo = False) -> None:
    """Walk the hash chain; an altered or missing row is named."""
    from integrations.cli.records import run_verify

    raise typer.Exit(run(run_verify(demo=demo)))


app.add_typer(work.jobs, name="jobs")
app.command()(work.reconcile)


@app.command()
def sandbox(
    answers: Annotated[
        list[str], typer.Argument(help="decline, timeout_before, timeout_after, late, unavailable …")
    ],
) -> None:
    """Tell the sandbox payment provider what to do with the next refunds."""
    from integrations.cli.records import run_sandbox

    run_sandbox(answers)


@app.command()
def mcp(
    http: Annotated[bool, typer.Option("--http", help="Listen instead; a bearer token a request.")] = False,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8485,
) -> None:
    """Offer the desk's tools to an assistant (MCP). It can read and propose; only people confirm."""
    from integrations.cli.mcp import run_http_server, run_stdio_server

    run(run_http_server(host, port) if http else run_stdio_server())


@app.command()
def worker(demo: Demo = False) -> None:
    """Run jobs from the outbox in a process of its own, until interrupted."""
    from integrations.cli.serve import run_worker

    run(run_worker(demo=demo), quick_loop=True)


app.add_typer(slack, name="slack")


@slack.callback(invoke_without_command=True)
def slack_connect(context: typer.Context, demo: Demo = False) -> None:
    """Slack: connect by Socket Mode and work there until interrupted; or one of the commands below."""
    if context.invoked_subcommand is None:
        from integrations.cli.slack import run_socket

        run(run_socket(demo=demo), quick_loop=True)


administration.register(app)


def _mount_evals() -> None:
    """The harness sits above this package, so it is found at run time and never imported from here."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="returns_desk.commands"):
        if entry.name in sys.argv[1:2]:
            app.add_typer(entry.load(), name=entry.name)


def main() -> None:
    """Entry point of the command `desk`."""
    _mount_evals()
    app()
