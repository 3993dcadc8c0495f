"""Who gets into the sidebar, from where, and what they can reach from there."""

import re

import pytest

ZENDESK = "https://shop.zendesk.com"
DESK = "https://desk.example"
EVENT = "0123456789abcdef"


def hidden(html, name):
    return re.findall(rf'name="{name}"[^>]* value="([^"]*)"', html)


async def proposed(client):
    """Say what makes a proposal, and give its card's fields."""
    await client.post(
        f"{client.path}/say", data={"event": "1" * 16, "text": "refund the linen runner on #1042, goodwill"}
    )
    html = (await client.get(f"{client.path}/body")).text
    return {name: hidden(html, name)[0] for name in ("proposal_id", "sha256")}


async def test_signed_out_nothing_is_shown_of_the_ticket_or_the_order(beside):
    async with beside() as desk, desk.client() as client:
        for path in ("", "/body", "/live", "/orders?q=mug", "/files/f1"):
            answer = await client.get(f"/sidebar/local/t/5001{path}")
            assert answer.status_code == 401
            assert not re.search("Lucía|mug|1042", answer.text)
        assert (await client.get("/tickets")).status_code == 401
        assert (await client.get("/tickets/5001")).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-CSRF-Token": "wrong"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["say", "press", "take-in", "files/f1"])
async def test_no_other_site_can_post_in_a_persons_name(beside, headers, status, path):
    async with beside() as desk:
        client = await desk.staff()
        form = {"event": EVENT, "text": "hello", "action": "confirm", "proposal_id": "p", "sha256": "s"}
        answer = await client.post(f"{client.path}/{path}", data=form, headers=headers)
        assert answer.status_code == status
        await client.aclose()


async def test_only_the_installations_own_origin_may_frame_it_and_only_own_files_run(beside):
    async with beside("zendesk", ZENDESK) as desk, desk.client() as client:
        policy = (await client.get("/sidebar/zendesk")).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert f"frame-ancestors {ZENDESK}" in policy.split("; ")
        assert "unsafe" not in policy
        hand_off = await client.get("/sidebar/hand-off")
        assert "frame-ancestors 'none'" in hand_off.headers["content-security-policy"]
        assert hand_off.headers["referrer-policy"] == "no-referrer"
        assert hand_off.headers["cache-control"] == "no-store"


async def test_the_pages_hold_no_inline_script_no_hx_on_and_no_js_expressions(beside):
    async with beside() as desk:
        client = await desk.staff()
        await proposed(client)
        pages = [
            client.page,
            (await client.get(f"{client.path}/body")).text,
            (await client.get("/tickets/5001")).text,
        ]
        for html in pages:
            assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=|hx-on|js:", html)
        await client.aclose()


async def test_a_signed_login_opens_the_sidebar_once_with_a_cookie_that_lives_in_a_foreign_frame(beside):
    async with (
        beside("zendesk", ZENDESK, public_url=DESK) as desk,
        desk.client(DESK, Origin=ZENDESK) as client,
    ):
        client.headers["Sec-Fetch-Site"] = "cross-site"
        form = {"token": "ana@demo.example|jti-1"}
        first = await client.post("/sidebar/zendesk?app_guid=g1&origin=x&token=secret", data=form)
        assert (first.status_code, first.headers["location"]) == (
            303,
            "/sidebar/zendesk?origin=x&app_guid=g1",
        )
        cookie = first.headers["set-cookie"]
        assert cookie.startswith("__Host-desk-sidebar=")
        for part in ("; Path=/", "; Secure", "; HttpOnly", "; SameSite=None", "; Partitioned"):
            assert part in cookie
        again = await client.post("/sidebar/zendesk", data=form)
        assert (again.status_code, "set-cookie" in again.headers) == (403, False)


@pytest.mark.parametrize("token", ["", "ana@demo.example", "stranger@elsewhere.example|jti-2", "|jti-3"])
async def test_an_unsigned_login_and_a_stranger_get_nothing(beside, token):
    async with beside("zendesk", ZENDESK) as desk, desk.client() as client:
        answer = await client.post("/sidebar/zendesk", data={"token": token})
        assert answer.status_code in (401, 403)
        assert "set-cookie" not in answer.headers
        assert (await client.get("/sidebar/zendesk/t/5001")).status_code == 401


async def test_a_hand_off_is_for_one_use_and_one_minute_and_never_in_an_address(beside):
    async with (
        beside("chatwoot", "https://chat.example", public_url=DESK) as desk,
        desk.client(DESK) as client,
    ):
        session = await desk.door.asgi.state.sessions.open("ana")
        client.cookies.set("__Host-desk", session, domain="desk.example")
        page = (await client.get("/sidebar/hand-off")).text
        token = re.findall(r'data-csrf="([^"]+)"', page)[0]
        given = (await client.post("/sidebar/hand-off", headers={"X-CSRF-Token": token})).json()["token"]
        used = await client.post("/sidebar/session", json={"token": given})
        assert (used.status_code, "__Host-desk-sidebar=" in used.headers["set-cookie"]) == (204, True)
        assert (await client.post("/sidebar/session", json={"token": given})).status_code == 401
        assert (await client.get(f"/sidebar/chatwoot?token={given}")).headers.get("set-cookie") is None
        late = (await client.post("/sidebar/hand-off", headers={"X-CSRF-Token": token})).json()["token"]
        from datetime import timedelta

        from integrations.http.access import access_of
        from integrations.storage.repositories.access import secret_hash

        found = await desk.app.store.read(
            "demo",
            lambda uow: access_of(uow).use_link(secret_hash(late), uow.now + timedelta(seconds=61)),
        )
        assert found is None


async def test_a_button_reaches_no_card_of_another_tickets_order(beside):
    async with beside() as desk:
        ana, other = await desk.staff(ticket="5001"), await desk.staff("sam", ticket="5002")
        card = await proposed(ana)
        for action in ("confirm", "cancel", "edit"):
            form = {**card, "action": action, "event": EVENT, "set.amount": "1.00"}
            answer = await other.post(f"{other.path}/press", data=form)
            assert (answer.status_code, answer.json()["code"]) == (404, "proposal_not_found")
        state = await desk.app.store.read("demo", lambda uow: uow.proposals.get(card["proposal_id"]).state)
        assert state == "open"
        await ana.aclose()
        await other.aclose()


async def test_who_may_only_read_decides_nothing_whatever_they_send(beside):
    async with beside() as desk:
        ana, vic = await desk.staff(), await desk.staff("vic")
        card = await proposed(ana)
        html = (await vic.get(f"{vic.path}/body")).text
        assert 'name="action" value="confirm"' not in html
        assert (await vic.post(f"{vic.path}/files/f1")).status_code == 403
        await vic.post(f"{vic.path}/press", data={**card, "action": "confirm", "event": EVENT})
        state = await desk.app.store.read("demo", lambda uow: uow.proposals.get(card["proposal_id"]).state)
        assert state == "open"
        await ana.aclose()
        await vic.aclose()


async def test_attachments_are_shown_as_pictures_or_saved_and_never_run(beside):
    async with beside() as desk:
        client = await desk.staff()
        picture = await client.get(f"{client.path}/files/f1")
        assert picture.headers["content-type"] == "image/jpeg"
        assert picture.headers["content-security-policy"] == "default-src 'none'; sandbox"

        def plant(uow):
            from integrations.helpdesk.local import tickets_of
            from integrations.storage.repositories.local_tickets import LocalFile

            page = b"<html><script>alert(1)</script>"
            file = LocalFile(id="f9", name="photo.png", media_type="image/png", size=len(page))
            tickets_of(uow).add_file("5001", file, page)

        await desk.app.store.write("demo", plant)
        planted = await client.get(f"{client.path}/files/f9")
        assert planted.headers["content-type"] == "application/octet-stream"
        assert planted.headers["content-disposition"].startswith("attachment")
        refused = await client.post(f"{client.path}/files/f9")
        assert refused.status_code == 415
        assert (await client.get(f"{client.path}/files/f2")).status_code == 404
        await client.aclose()


async def test_the_same_form_twice_is_one_event_and_a_file_is_added_once(beside):
    async with beside() as desk:
        client = await desk.staff()
        for _ in range(2):
            await client.post(f"{client.path}/files/f1")
        evidence = await desk.app.store.read("demo", lambda uow: uow.orders.by_number("#1042").evidence)
        assert len([item for item in evidence if item.name == "cracked-mug.jpg"]) == 1
        for _ in range(2):
            form = {"event": EVENT, "text": "what counts as evidence?"}
            assert (await client.post(f"{client.path}/say", data=form)).status_code == 200

        def heard(uow):
            found = uow.conversations.by_thread("local", "5001")
            return [m.text for m in uow.conversations.messages(found.id, 50) if m.direction == "in"]

        assert (await desk.app.store.read("demo", heard)).count("what counts as evidence?") == 1
        await client.aclose()


async def test_somebody_who_posts_too_much_is_asked_to_wait(beside):
    async with beside() as desk:
        client = await desk.staff()
        answers = [
            (await client.post(f"{client.path}/say", data={"event": f"{n:016x}", "text": ""})).status_code
            for n in range(30)
        ]
        assert answers[0] == 200
        assert 429 in answers
        await client.aclose()


async def test_without_a_helpdesk_there_is_no_sidebar_and_no_tickets(open_door):
    async with open_door() as door, door.plain() as client:
        assert (await client.get("/sidebar")).status_code == 404
        assert (await client.get("/tickets")).status_code == 404
