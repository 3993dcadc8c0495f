"""The channels, the helpdesk and the shop that are configured."""

from __future__ import annotations

from domain.ports import Clock
from domain.settings import Merchant
from integrations.channels import Channel, Tickets
from integrations.helpdesk.port import Helpdesk
from integrations.opening import Misconfigured
from integrations.settings import Settings
from integrations.storage.database import Database
from integrations.storage.locks import ConversationLocks


def connect_channels(
    settings: Settings, store: Database, merchant: Merchant, helpdesk: Helpdesk | None, clock: Clock
) -> list[Channel]:
    """The channels that are configured; the terminal, the page and the API always are there. Raises Misconfigured."""
    channels: list[Channel] = []
    if helpdesk is not None:
        from integrations.helpdesk.channel import HelpdeskChannel

        channels.append(HelpdeskChannel(store, merchant.id, helpdesk, clock))
    if settings.slack:
        channels.append(_slack(settings, store, merchant, helpdesk, clock))
    if settings.shop:
        channels.append(_shop(settings, store, merchant, clock))
    return channels


def _shop(settings: Settings, store: Database, merchant: Merchant, clock: Clock) -> Channel:
    from integrations.shops.channel import ShopChannel
    from integrations.shops.connect import connect

    shop = connect(
        settings.shop,
        url=settings.shop_url,
        token=settings.shop_token.get_secret_value(),
        secrets=_listed(settings.shop_secret.get_secret_value()),
        sources=settings.shop_sources,
        clock=clock,
    )
    return ShopChannel(shop, store, merchant.id, clock, settings.shop_pull_seconds)


def _slack(
    settings: Settings, store: Database, merchant: Merchant, helpdesk: Helpdesk | None, clock: Clock
) -> Channel:
    from integrations.slack import SlackConfig, SlackMisconfigured, connect

    config = SlackConfig(
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        token_keys=_listed(settings.slack_token_key.get_secret_value()),
        teams=_listed(settings.slack_teams),
        public_url=settings.public_url,
        api_url=settings.slack_api_url,
        reply_seconds=settings.slack_reply_seconds,
        max_file_bytes=settings.max_file_bytes,
    )
    try:
        return connect(
            config, store, merchant.id, clock, tickets=_tickets(settings, helpdesk), locks=locks_for(settings)
        )
    except SlackMisconfigured as error:
        raise Misconfigured(str(error)) from None


def _tickets(settings: Settings, helpdesk: Helpdesk | None) -> Tickets | None:
    """The helpdesk's tickets for channels in which staff write; their addresses may be this desk's own."""
    if helpdesk is None:
        return None
    from integrations.helpdesk.linking import HelpdeskTickets

    own = [f"http://{host}:{settings.port}" for host in (settings.host, "localhost")]
    return HelpdeskTickets(helpdesk, [settings.public_url, *own])


def locks_for(settings: Settings) -> ConversationLocks:
    """Locks that hold between processes where the database is one that several processes share."""
    return ConversationLocks("" if settings.url.startswith("sqlite") else settings.url)


def _listed(text: str) -> list[str]:
    """What is separated by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


async def connect_helpdesk(
    settings: Settings, store: Database, merchant: Merchant, *, demo: bool
) -> Helpdesk | None:
    """The helpdesk that is configured; the demo has the built-in one, with tickets about its orders."""
    match settings.helpdesk or ("local" if demo else ""):
        case "zendesk":
            return _zendesk(settings)
        case "chatwoot":
            from integrations.helpdesk.chatwoot import Chatwoot, chatwoot_wire, own_files

            url = settings.helpdesk_url
            return Chatwoot(
                base=url,
                account=settings.chatwoot_account,
                wire=chatwoot_wire(url, settings.helpdesk_token.get_secret_value()),
                files=own_files(url, settings.file_hosts),
                webhook_secret=settings.helpdesk_webhook_secret.get_secret_value(),
                order_field=settings.helpdesk_order_field,
            )
        case "rt":
            from integrations.helpdesk.rt import RequestTracker, rt_wire

            return RequestTracker(
                base=settings.helpdesk_url,
                wire=rt_wire(settings.helpdesk_url, settings.helpdesk_token.get_secret_value()),
                webhook_secret=settings.helpdesk_webhook_secret.get_secret_value(),
                order_field=settings.helpdesk_order_field,
                tags_field=settings.rt_tags_field,
            )
        case "local":
            from integrations.helpdesk.local import LocalHelpdesk

            if demo:
                from integrations.demo.tickets import seed_tickets

                await seed_tickets(store, merchant.id)
            return LocalHelpdesk(store, merchant.id)
    return None


def _zendesk(settings: Settings) -> Helpdesk:
    from integrations.helpdesk.zendesk import Zendesk, zendesk_files, zendesk_wire
    from integrations.helpdesk.zendesk_login import ZendeskLogin, read_public_key

    account, key = settings.zendesk_subdomain, settings.zendesk_public_key.get_secret_value()
    login = (
        ZendeskLogin(account, settings.zendesk_installation, read_public_key(key)) if key.strip() else None
    )
    return Zendesk(
        subdomain=account,
        wire=zendesk_wire(account, settings.zendesk_email, settings.helpdesk_token.get_secret_value()),
        files=zendesk_files(account, settings.file_hosts),
        webhook_secret=settings.helpdesk_webhook_secret.get_secret_value(),
        order_field=settings.helpdesk_order_field,
        login=login,
    )
