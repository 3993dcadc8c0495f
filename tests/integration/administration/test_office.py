"""Staff, tokens and settings: what an operator may change, what is written down, what is refused."""

import httpx
import pytest

from domain.rules import Refused
from integrations.cli.office import office_of
from integrations.http.access import Tokens
from integrations.http.app import create_app
from integrations.http.local import local_router


class Quiet:
    def info(self, *_, **__):
        pass

    error = info


async def last_event(app):
    [(_, event)] = await app.store.read("shop", lambda uow: uow.audit.events(limit=1))
    return event


async def test_somebody_new_can_be_found_by_their_address_and_approve_to_their_limit(shop, office):
    shown = await office.do(
        {
            "do": "staff.add",
            "id": "tom",
            "name": "Tom",
            "email": "tom@shop.example",
            "limits": {"EUR": "50.00"},
        }
    )
    assert shown["limits"] == {"EUR": "50.00"}
    tom = await shop.store.read("shop", lambda uow: uow.staff.by_identity("email", "tom@shop.example"))
    assert (tom.id, tom.limit("EUR"), tom.role.value) == ("tom", 5000, "agent")
    event = await last_event(shop)
    assert (event.kind, event.subject) == ("staff.added", "tom")
    assert event.actor.startswith("operator")
    assert "Tom" not in str(event.data)


@pytest.mark.parametrize(
    ("command", "field", "limit"),
    [
        ({"do": "staff.add", "id": "ana", "name": "A"}, "id", "nobody has"),
        ({"do": "staff.add", "id": "x y", "name": "A"}, "id", "pattern"),
        ({"do": "staff.add", "id": "tom", "name": "A", "role": "boss"}, "role", "supervisor"),
        ({"do": "staff.add", "id": "tom", "name": "A", "limits": {"EUR": "1.001"}}, "limits.EUR", "decimals"),
        ({"do": "staff.add", "id": "tom", "name": "A", "limits": {"XXX": "1"}}, "limits.XXX", "ISO 4217"),
        ({"do": "staff.add", "id": "tom", "name": "A", "limits": {"EUR": "-1"}}, "limits.EUR", "negative"),
        ({"do": "staff.add", "id": "tom", "name": "A", "email": "ana@shop.example"}, "identity", "ana"),
        ({"do": "staff.change", "id": "nobody", "role": "agent"}, "id", "member of staff"),
        (
            {"do": "staff.identity.remove", "id": "ana", "channel": "slack", "identity": "U1"},
            "identity",
            "slack",
        ),
        ({"do": "token.new", "staff": "nobody", "scopes": ["read"]}, "staff", "active"),
        ({"do": "token.new", "staff": "ana", "scopes": ["all"]}, "scopes", "not a valid"),
        ({"do": "token.new", "staff": "ana", "scopes": []}, "scopes", "at least 1"),
        ({"do": "token.revoke", "id": "tok_x"}, "id", "still works"),
        ({"do": "settings.set", "settings": {"proposal_minutes": 0}}, "proposal_minutes", "greater"),
        ({"do": "settings.set", "settings": {"proposal_minuts": 9}}, "proposal_minuts", "permitted"),
        (
            {"do": "settings.set", "settings": {"photo_required_above": {"EUR": -1}}},
            "photo_required_above",
            "EUR",
        ),
        ({"do": "retention"}, "retention", "both"),
        ({"do": "retention", "file_days": 0}, "file_days", "greater"),
        ({"do": "erase", "customer": "nobody"}, "customer", "pattern"),
        ({"do": "drop.everything"}, "command", "tag"),
        ([], "command", ""),
    ],
)
async def test_what_does_not_fit_is_refused_by_field_and_limit(shop, office, command, field, limit):
    before = await last_event(shop)
    with pytest.raises(Refused) as refused:
        await office.do(command)
    assert field in [violation.field for violation in refused.value.violations]
    assert limit in refused.value.violations[0].limit
    assert await last_event(shop) == before


async def test_somebody_who_leaves_loses_their_tokens_too(shop, office):
    tokens = office.office.tokens
    secret = await tokens.new("ana", ["read"])
    assert await tokens.principal(secret)
    await office.do({"do": "staff.change", "id": "ana", "active": False})
    assert await tokens.principal(secret) is None
    assert all(token.revoked_at for token in await tokens.all())
    back = await office.do({"do": "staff.change", "id": "ana", "active": True})
    assert back["active"]
    assert await tokens.principal(secret) is None


async def test_roles_and_limits_change_one_at_a_time(shop, office):
    await office.do({"do": "staff.change", "id": "ana", "role": "supervisor"})
    await office.do({"do": "staff.change", "id": "ana", "limits": {"USD": "10.00"}})
    ana = await shop.store.read("shop", lambda uow: uow.staff.get("ana"))
    assert (ana.role.value, ana.limits) == ("supervisor", {"EUR": 100_000, "USD": 1000})


async def test_an_identity_is_somebodys_until_it_is_taken_away(shop, office):
    await office.do({"do": "staff.identity.add", "id": "ana", "channel": "slack", "identity": "T1:U1"})
    with pytest.raises(Refused, match="that ana does not have"):
        await office.do({"do": "staff.identity.add", "id": "sam", "channel": "slack", "identity": "T1:U1"})
    shown = await office.do(
        {"do": "staff.identity.remove", "id": "ana", "channel": "slack", "identity": "T1:U1"}
    )
    assert shown["identities"] == ["email:ana@shop.example"]
    assert await shop.store.read("shop", lambda uow: uow.staff.by_identity("slack", "T1:U1")) is None


async def test_a_rotated_token_keeps_holder_and_scopes_and_the_old_one_stops(shop, office):
    old = (await office.do({"do": "token.new", "staff": "ana", "scopes": ["read"], "name": "till"}))["token"]
    [token] = (await office.do({"do": "token.list"}))["tokens"]
    assert old not in str(token)
    new = (await office.do({"do": "token.rotate", "id": token["id"], "days": 5}))["token"]
    assert await office.office.tokens.principal(old) is None
    principal = await office.office.tokens.principal(new)
    assert (principal.staff_id, principal.scopes) == ("ana", {"read"})
    with pytest.raises(Refused, match="still works"):
        await office.do({"do": "token.rotate", "id": token["id"]})


async def test_settings_are_versioned_in_the_trail_and_count_in_the_running_desk_at_once(shop, office):
    was = (await office.do({"do": "settings.show"}))["version"]
    shown = await office.do({"do": "settings.set", "settings": {"proposal_minutes": 5}})
    assert shown["version"] != was
    assert shop.desk.merchant.settings.proposal_minutes == 5
    event = await last_event(shop)
    assert event.kind == "settings.changed"
    assert event.data == {"version": shown["version"], "was": was, "changes": {"proposal_minutes": [30, 5]}}
    await office.do({"do": "settings.set", "settings": {"proposal_minutes": 5}})
    assert await last_event(shop) == event, "the same settings again are no change"


async def test_commands_go_through_the_running_desk_with_its_secret_and_only_from_this_machine(shop):
    tokens = Tokens(shop.store, "shop")
    web = create_app(shop, log=Quiet())
    web.include_router(local_router(tokens, "the-secret", office_of(shop, tokens).do))

    async def asked(host, secret, command):
        transport = httpx.ASGITransport(app=web, client=(host, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post("/local/admin", json=command, headers={"X-Desk-Local": secret})

    listed = await asked("127.0.0.1", "the-secret", {"do": "staff.list"})
    assert [each["id"] for each in listed.json()["staff"]] == ["ana", "fin", "sam", "vic"]
    assert (await asked("10.0.0.9", "the-secret", {"do": "staff.list"})).status_code == 403
    assert (await asked("127.0.0.1", "wrong", {"do": "staff.list"})).status_code == 403
    refused = await asked("127.0.0.1", "the-secret", {"do": "staff.change", "id": "nobody"})
    assert (refused.status_code, refused.json()["violations"][0]["field"]) == (422, "id")
