"""A page of another origin, in a real browser, calls the JSON interface by a key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ADMIN, Server

CALL = """async ([url, method, headers, body, credentials]) => {
    try {
        const answer = await fetch(url, { method, headers, body, credentials });
        return [answer.status, await answer.text(), answer.headers.get("RateLimit-Policy")];
    } catch (error) {
        return [0, error.name, null];
    }
}"""
FIRST_EVENT = """async ([url, headers]) => {
    const reader = (await fetch(url, { headers })).body.getReader();
    let text = "";
    while (!text.includes("connection_established")) {
        text += new TextDecoder().decode((await reader.read()).value);
    }
    await reader.cancel();
    return text;
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The address of a site of somebody else's, with one empty page."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Screen</title>")
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()


@pytest.fixture
def letting_in(tmp_path: Path, elsewhere: str) -> Iterator[Server]:
    """A server that lets that site in."""
    server = Server(tmp_path)
    server.environment["JOBFAIR_API_ORIGINS"] = elsewhere
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser, elsewhere: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(elsewhere)
    yield page
    context.close()


def signed_in(page: Page, server: Server) -> dict[str, str]:
    """The header of somebody who has signed in from there."""
    body = f'{{"email": "{ADMIN[0]}", "password": "{ADMIN[1]}"}}'
    headers = {"Content-Type": "application/json"}
    url = f"{server.url}/api/auth/login/"
    status, text, _policy = page.evaluate(CALL, [url, "POST", headers, body, "omit"])
    assert status == 200, text
    return {"Authorization": f"Bearer {text.split(chr(34))[3]}"}


def test_a_page_of_a_named_origin_reads_changes_and_listens(page: Page, letting_in: Server) -> None:
    headers = signed_in(page, letting_in)
    companies = f"{letting_in.url}/api/companies/admin/companies/"
    new = {**headers, "Content-Type": "application/json", "Idempotency-Key": "one"}
    status, text, _policy = page.evaluate(
        CALL, [companies, "POST", new, '{"name": "Acme"}', "omit"]
    )
    assert (status, "Acme" in text) == (201, True), text
    assert page.evaluate(CALL, [companies, "GET", headers, None, "omit"])[0] == 200
    heard = page.evaluate(FIRST_EVENT, [f"{letting_in.url}/api/events/", headers])
    assert "groups" in heard


def test_a_page_cannot_use_the_cookies_of_somebody_who_sits_there(
    page: Page, letting_in: Server
) -> None:
    """A port is another origin, but cookies go to all ports of a host."""
    page.goto(f"{letting_in.url}/login")
    page.get_by_label("E-mail").fill(ADMIN[0])
    page.locator("input[name=password]").fill(ADMIN[1])
    page.locator("form[action*=login] button[type=submit]").click()
    page.wait_for_url("**/admin/**")
    assert page.request.get(f"{letting_in.url}/api/auth/me/").status == 200
    page.go_back()
    page.goto(letting_in.environment["JOBFAIR_API_ORIGINS"])
    me = f"{letting_in.url}/api/auth/me/"
    assert page.evaluate(CALL, [me, "GET", {}, None, "include"])[0] == 0
    assert page.evaluate(CALL, [me, "GET", {}, None, "omit"])[0] == 401


def test_a_page_of_another_origin_reads_nothing(page: Page, server: Server) -> None:
    headers = {"Authorization": "Bearer nonsense"}
    answer = page.evaluate(CALL, [f"{server.url}/api/auth/me/", "GET", headers, None, "omit"])
    assert answer[0] == 0
