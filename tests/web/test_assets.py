"""Static files: named for what is in them, compressed, kept for good by whoever has them."""

import gzip
import re
from pathlib import Path

import pytest

import jobfair
from tests.clocks import timeless

STATIC = Path(jobfair.__file__).parent / "static"
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def test_every_file_of_a_page_is_kept_for_good(client):
    linked = LINKED.findall(client.get("/login").text)
    assert len(linked) > 5
    for address in linked:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/static/app.js", "/static/app.js?v=0123456789ab"])
def test_another_address_is_asked_for_again(client, address):
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_a_file_is_compressed_for_whom_can_read_it(client):
    content = (STATIC / "app.js").read_bytes()
    assert client.get("/static/app.js").data == content
    answer = client.get("/static/app.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == content
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("name", ["none.css", "vendor", "../config.py", "%2e%2e/config.py"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_a_page_is_compressed_and_a_short_answer_is_not(client):
    gzipped = {"Accept-Encoding": "gzip, br"}
    page = client.get("/login", headers=gzipped)
    assert page.headers["Content-Encoding"] == "gzip"
    plain = timeless(client.get("/login").text)
    assert timeless(gzip.decompress(page.data).decode()) == plain
    assert "Content-Encoding" not in client.get("/health", headers=gzipped).headers
    refused = {"Accept-Encoding": "gzip;q=0"}
    assert "Content-Encoding" not in client.get("/login", headers=refused).headers
