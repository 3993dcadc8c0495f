import re
from datetime import timedelta

import pytest

from integrations.http.access import Links

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' hx-on:click='alert(1)",
    "{{ 7*7 }} ${7*7} {% raw %}",
    "</textarea></form><h1>x</h1>",
]


def hidden(html, name):
    return re.findall(rf'name="{name}"[^>]* value="([^"]*)"', html)


async def talk(client, text, event="0123456789abcdef", **fields):
    """Say something and follow the turn to its reply."""
    answer = await client.post(
        f"{client.conversation}/messages", data={"text": text, "event": event, **fields}
    )
    assert answer.status_code == 200, answer.text
    return answer.text + await follow(client, answer.text)


async def follow(client, html):
    [path] = re.findall(r'sse-connect="([^"]+)"', html)
    events = (await client.get(path)).text
    return "\n".join(line.removeprefix("data: ") for line in events.splitlines() if line.startswith("data: "))


async def test_signed_out_there_is_no_data_and_the_way_in_is_told(door):
    async with door.plain() as client:
        for path in ("/", "/c/conv_1"):
            answer = await client.get(path)
            assert answer.status_code == 401
            assert "desk serve" in answer.text
            assert "Ana" not in answer.text
        assert (await client.get("/c/conv_1/side")).status_code == 401


async def test_a_link_signs_in_once(door):
    async with door.plain(**{"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"}) as client:
        link = await door.links.new("ana")
        first = await client.post("/session", json={"token": link})
        cookie = first.headers["set-cookie"]
        assert first.status_code == 204
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        again = await client.post("/session", json={"token": link})
        assert (again.status_code, again.json()["code"]) == (401, "link_over")
        assert "Signed in as" in (await client.get("/", follow_redirects=True)).text


async def test_a_link_that_is_too_old_signs_nobody_in(door):
    old = Links(door.app.store, "demo", minutes=0)
    async with door.plain(Origin="http://127.0.0.1") as client:
        assert (await client.post("/session", json={"token": await old.new("ana")})).status_code == 401


async def test_signing_out_ends_the_session_for_good(door):
    client = await door.browser()
    stolen = dict(client.cookies)
    assert (await client.post("/session/end")).headers["hx-redirect"] == "/"
    async with door.plain() as thief:
        thief.cookies.update(stolen)
        assert (await thief.get("/")).status_code == 401
    await client.aclose()


async def test_over_https_the_cookie_is_bound_to_the_host(open_door):
    async with open_door(public_url="https://desk.example") as door:
        headers = {"Origin": "https://desk.example", "Host": "desk.example"}
        async with door.plain(**headers) as client:
            answer = await client.post("/session", json={"token": await door.links.new("ana")})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-desk=")
        assert "Secure" in cookie


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-CSRF-Token": "wrong"}, "csrf_token_wrong"),
        ({"Origin": "http://evil.example"}, "origin_unknown"),
        ({"Sec-Fetch-Site": "cross-site"}, "origin_unknown"),
        ({"Origin": "null"}, "origin_unknown"),
    ],
)
async def test_another_site_cannot_speak_in_a_persons_name(door, headers, code):
    client = await door.browser()
    form = {"text": "hello", "event": "0" * 16}
    answer = await client.post(f"{client.conversation}/messages", data=form, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    signed_in = await client.post("/session", json={"token": "x"}, headers=headers)
    assert signed_in.status_code in (401, 403)
    await client.aclose()


async def test_the_page_runs_only_its_own_scripts(door):
    client = await door.browser()
    page = await client.get(client.conversation)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    html = page.text + await talk(client, "refund one mug on 1042, it arrived cracked")
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=|hx-on|js:", html)
    await client.aclose()


@pytest.mark.parametrize("text", NASTY)
async def test_what_is_typed_is_shown_as_text(door, text):
    client = await door.browser()
    html = await talk(client, text) + (await client.get(client.conversation)).text
    assert (text in html) is not any(sign in text for sign in "<>'\"")
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html
    await client.aclose()


async def test_what_an_import_brings_is_shown_as_text(door, ana):
    name, title = NASTY[0], NASTY[1]
    from tests.integration.http.test_orders import a_document, send

    document = a_document(customer={"name": name})
    document["lines"][0]["title"] = title
    assert (await send(ana, document)).json()["imported"] == 1
    client = await door.browser()
    html = await talk(client, "show order 9001") + (await client.get("/", follow_redirects=True)).text
    assert name not in html
    assert title not in html
    assert "&lt;script&gt;" in html
    await client.aclose()


async def test_a_mug_is_refunded_from_sentence_to_button(door):
    client = await door.browser()
    await talk(client, "refund one mug on 1042, it arrived cracked", "0" * 16)
    card = await talk(client, "The mug arrived with a long crack in its side.", "1" * 16)
    assert "Refund $18.40" in card
    form = {name: hidden(card, name)[0] for name in ("proposal_id", "sha256")}
    press = {**form, "action": "confirm", "event": "2" * 16}
    answer = await client.post(f"{client.conversation}/press", data=press)
    html = await follow(client, answer.text)
    assert "Refunded $18.40" in html
    assert f'hx-swap-oob="outerHTML:.acts-{form["proposal_id"]}"' in html
    twice = await client.post(f"{client.conversation}/press", data=press)
    assert (twice.status_code, twice.text) == (204, "")
    page = (await client.get(client.conversation)).text
    assert "Confirmed by Ana Agent" in page
    assert 'name="action" value="confirm"' not in page
    await client.aclose()


async def test_an_edit_that_is_refused_says_so_at_the_field(door):
    client = await door.browser()
    await talk(client, "refund one mug on 1042, it arrived cracked", "0" * 16)
    card = await talk(client, "The mug arrived with a long crack in its side.", "1" * 16)
    form = {name: hidden(card, name)[0] for name in ("proposal_id", "sha256")}
    edit = {**form, "action": "edit", "was.amount": "18.40", "was.reason": "damaged", "set.reason": "damaged"}
    path = f"{client.conversation}/press"
    wrong = (await client.post(path, data={**edit, "event": "2" * 16, "set.amount": "99.00"})).text
    assert 'aria-invalid="true"' in wrong
    assert 'value="99.00"' in wrong
    unchanged = (await client.post(path, data={**edit, "event": "3" * 16, "set.amount": "18.40"})).text
    assert "Nothing was changed" in unchanged
    good = await client.post(path, data={**edit, "event": "4" * 16, "set.amount": "10.00"})
    assert good.headers["hx-retarget"] == "#log"
    assert "Refund $10.00" in good.text
    assert "Replaced by a changed proposal" in good.text
    await client.aclose()


async def test_a_photo_can_be_sent_along(door):
    client = await door.browser()
    await talk(client, "refund one mug on 1042, it arrived cracked", "0" * 16)
    png = {"files": ("crack.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "image/png")}
    form = {"text": "", "event": "1" * 16}
    answer = await client.post(f"{client.conversation}/messages", data=form, files=png)
    assert "crack.png" in answer.text
    assert "waiting for you" in await follow(client, answer.text)
    await client.aclose()


async def test_a_lost_stream_finds_its_reply_again(door):
    client = await door.browser()
    await talk(client, "show order 1042", "0" * 16)
    door.asgi.state.turns._running.clear()
    path = f"{client.conversation}/turns/{'0' * 16}"
    assert "Order #1042" in (await client.get(path)).text
    never = (await client.get(f"{client.conversation}/turns/{'f' * 16}")).text
    assert "Please send it again" in never
    await client.aclose()


async def test_nobody_reads_anothers_conversation(door):
    ana, vic = await door.browser("ana"), await door.browser("vic")
    assert (await vic.get(ana.conversation)).status_code == 404
    form = {"text": "hello", "event": "0" * 16}
    assert (await vic.post(f"{ana.conversation}/messages", data=form)).status_code == 404
    await ana.aclose()
    await vic.aclose()


async def test_a_session_does_not_last_for_ever(door):
    client = await door.browser()

    def late(uow):
        return uow.access.forget_expired(uow.now + timedelta(days=1))

    assert await door.app.store.write("demo", late) >= 1
    door.asgi.state.sessions._remembered._known.clear()
    assert (await client.get("/")).status_code == 401
    await client.aclose()
