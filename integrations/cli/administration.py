"""`desk staff`, `desk merchant`, `desk token`, `desk retention`, `desk erase`, `desk backup`: running it for a team."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

staff = typer.Typer(help="People: roles, limits, identities.", no_args_is_help=True)
identity = typer.Typer(help="The names that channels know somebody by.", no_args_is_help=True)
merchant = typer.Typer(help="The shop.", no_args_is_help=True)
settings = typer.Typer(help="The shop's own rules (docs/merchant-settings.md).", no_args_is_help=True)
token = typer.Typer(help="API tokens.", no_args_is_help=True)
staff.add_typer(identity, name="identity")
merchant.add_typer(settings, name="settings")

StaffId = Annotated[str, typer.Argument(help="Id of a member of staff.")]
Limits = Annotated[
    list[str] | None, typer.Option("--limit", help="CURRENCY=AMOUNT they may approve, such as USD=100.00.")
]
Days = Annotated[int, typer.Option(help="How long it opens anything.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")]
Channel = Annotated[str, typer.Argument(help="email, slack, …")]
Identity = Annotated[str, typer.Argument(help="Their name there: an address, T1:U2, …")]


def register(app: typer.Typer) -> None:
    """Put these commands under `desk`."""
    app.add_typer(staff, name="staff")
    app.add_typer(merchant, name="merchant")
    app.add_typer(token, name="token")
    app.command()(retention)
    app.command()(erase)
    app.command()(backup)


@staff.command("list")
def staff_list() -> None:
    """Everybody, with role, limits and identities."""
    from integrations.cli.show import show_staff

    show_staff(_do("staff.list")["staff"])


@staff.command("add")
def staff_add(
    staff_id: StaffId,
    name: Annotated[str, typer.Option(help="As colleagues know them.")],
    email: Annotated[str, typer.Option(help="Also the identity `email`.")] = "",
    role: Annotated[str, typer.Option(help="viewer, agent, supervisor or finance.")] = "agent",
    limit: Limits = None,
) -> None:
    """Add somebody."""
    _show([_do("staff.add", id=staff_id, name=name, email=email, role=role, limits=_limits(limit))])


@staff.command("role")
def staff_role(staff_id: StaffId, role: Annotated[str, typer.Argument(help="The new role.")]) -> None:
    """Change somebody's role."""
    _show([_do("staff.change", id=staff_id, role=role)])


@staff.command("limit")
def staff_limit(
    staff_id: StaffId, limits: Annotated[list[str], typer.Argument(help="CURRENCY=AMOUNT …")]
) -> None:
    """Change what somebody may approve, a currency at a time; 0 takes it away."""
    _show([_do("staff.change", id=staff_id, limits=_limits(limits))])


@identity.command("add")
def identity_add(staff_id: StaffId, channel: Channel, name: Identity) -> None:
    """Know somebody by a channel's name for them."""
    _show([_do("staff.identity.add", id=staff_id, channel=channel, identity=name)])


@identity.command("remove")
def identity_remove(staff_id: StaffId, channel: Channel, name: Identity) -> None:
    """Know them by it no more."""
    _show([_do("staff.identity.remove", id=staff_id, channel=channel, identity=name)])


@staff.command("deactivate")
def staff_deactivate(staff_id: StaffId) -> None:
    """Somebody left: they can do nothing from now on, and their tokens are revoked."""
    _show([_do("staff.change", id=staff_id, active=False)])


@staff.command("activate")
def staff_activate(staff_id: StaffId) -> None:
    """Somebody is back."""
    _show([_do("staff.change", id=staff_id, active=True)])


@settings.command("show")
def settings_show() -> None:
    """Version and values, as JSON that `set` takes back."""
    from integrations.cli.show import show_settings

    show_settings(_do("settings.show"))


@settings.command("set")
def settings_set(
    file: Annotated[
        Path, typer.Argument(help="JSON or YAML; what it does not name takes its default.", exists=True)
    ],
) -> None:
    """Replace the settings. Proposals made before keep the version they were made under."""
    from integrations.cli.show import read_settings_file, show_settings

    show_settings(_do("settings.set", settings=read_settings_file(file)))


@token.command("new")
def token_new(
    holder: StaffId,
    scope: Annotated[
        list[str], typer.Option(help="read, converse, decide, import, admin, metrics; repeat it.")
    ],
    days: Days = 90,
    name: Annotated[str, typer.Option(help="What it is for.")] = "",
) -> None:
    """Issue a token. Its secret is printed this once."""
    print(_do("token.new", staff=holder, scopes=scope, days=days, name=name)["token"])


@token.command("list")
def token_list() -> None:
    """Every token: holder, scopes, until when, revoked or not."""
    from integrations.cli.show import show_tokens

    show_tokens(_do("token.list")["tokens"])


TokenId = Annotated[str, typer.Argument(help="As `desk token list` names it (tok_…).")]


@token.command("revoke")
def token_revoke(token_id: TokenId) -> None:
    """Make a token open nothing any more."""
    _do("token.revoke", id=token_id)


@token.command("rotate")
def token_rotate(token_id: TokenId, days: Days = 90) -> None:
    """Print a new secret with the same holder and scopes; the old one stops now."""
    print(_do("token.rotate", id=token_id, days=days)["token"])


def retention(
    conversation_days: Annotated[
        int | None, typer.Option("--days", help="Delete conversations silent for longer.")
    ] = None,
    file_days: Annotated[
        int | None, typer.Option("--file-days", help="Delete files stored for longer.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Delete old conversations and files. What is unfinished stays."""
    _count(_do("retention", conversation_days=conversation_days, file_days=file_days, dry_run=dry_run))


def erase(
    customer: Annotated[str, typer.Option(help="The customer's e-mail address.")],
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a customer's personal data; ledger and audit trail stay as they are."""
    if not (yes or dry_run):
        typer.confirm("This cannot be undone. Erase?", abort=True)
    _count(_do("erase", customer=customer, dry_run=dry_run))


def backup(file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]) -> None:
    """Write a whole, checked copy of the database, beside a desk that runs (docs/operations.md)."""
    from integrations.cli.copying import run_backup

    raise typer.Exit(run_backup(file))


def _do(what: str, /, **arguments: Any) -> dict[str, Any]:
    from integrations.cli.office import perform
    from integrations.cli.running import run

    given = {key: value for key, value in arguments.items() if value is not None}
    result: dict[str, Any] = run(perform({"do": what, **given}))
    return result


def _show(people: list[dict[str, Any]]) -> None:
    from integrations.cli.show import show_staff

    show_staff(people)


def _count(counts: dict[str, Any]) -> None:
    would = "would go" if counts.pop("dry_run") else "gone"
    print(", ".join(f"{name} {count}" for name, count in counts.items()) + f": {would}")


def _limits(pairs: list[str] | None) -> dict[str, str]:
    return dict(pair.split("=", 1) if "=" in pair else (pair, "") for pair in pairs or [])  # type: ignore[misc]
