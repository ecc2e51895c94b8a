"""Static files: named for what is in them, compressed, kept for good by browsers that have them."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli
import pytest

import jobfair
from jobfair.web.rendering.assets import BUNDLES
from tests.support.clocks import timeless

TOP_LEVEL = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
STATIC = Path(jobfair.__file__).parent / "static"
DECOMPRESS = {"br": brotli.decompress, "gzip": gzip.decompress}
UNDOCUMENTED = ("delayCanceller", "connection?.reader", "_htmx", "abortController", "lastEventId")
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def test_every_file_of_a_page_is_kept_for_good(client):
    linked = LINKED.findall(client.get("/login").text)
    assert len(linked) > 5
    for address in linked:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/static/common.js", "/static/common.js?v=0123456789ab"])
def test_another_address_is_asked_for_again(client, address):
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


@pytest.mark.parametrize(
    ("readable", "encoding"), [("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip", "gzip")]
)
def test_a_file_is_compressed_for_whom_can_read_it(client, readable, encoding):
    content = client.get("/static/common.js").data
    answer = client.get("/static/common.js", headers={"Accept-Encoding": readable})
    assert answer.headers["Content-Encoding"] == encoding
    assert DECOMPRESS[encoding](answer.data) == content
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_comes_from_elsewhere_is_served_unchanged(client):
    content = (STATIC / "vendor" / "htmx.min.js").read_bytes()
    assert client.get("/static/vendor/htmx.min.js").data == content


def test_what_would_get_larger_is_not_compressed(app, client, tmp_path, monkeypatch):
    noise = hashlib.sha512(b"as good as random, as pictures are").digest()
    (tmp_path / "noise.png").write_bytes(noise)
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    answer = client.get("/static/noise.png", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == noise


@pytest.mark.parametrize(
    ("bundle", "name"), [(bundle, name) for bundle, names in BUNDLES.items() for name in names]
)
def test_what_every_page_has_is_one_file(client, bundle, name):
    assert client.get(f"/static/{name}").text in client.get(f"/static/{bundle}").text


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_one_file_alone_touches_what_htmx_does_not_document(path):
    touches = any(name in path.read_text() for name in UNDOCUMENTED)
    assert touches == (path.name == "htmx-internals.js")


ONLY_IN = {
    "clock.js": r"\bDate\.now\b|\bnew Date\(\)|\bperformance\b|\.format\(\)",
    "storage.js": r"\b(?:session|local)Storage\b",
}
"""A device's clock may be wrong or set meanwhile, and a browser may block its storage: one file
each knows what to do then."""


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_one_file_alone_asks_the_device_for_time_and_one_for_storage(path):
    script = re.sub(r"^\s*//.*", "", path.read_text(), flags=re.MULTILINE)
    asks = {name for name, asking in ONLY_IN.items() if re.search(asking, script)}
    assert asks == {path.name} & ONLY_IN.keys()


def test_no_two_scripts_of_every_page_give_two_things_one_name():
    """They share one scope: the later one would silently take the place of the other."""
    names = [
        name
        for bundle in ("first.js", "common.js")
        for script in BUNDLES[bundle]
        for name in TOP_LEVEL.findall((STATIC / script).read_text())
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", UNDOCUMENTED)
def test_what_htmx_does_not_document_is_there_still(name):
    """A release that renames it fails here. Whether it still does the same, the browser tests
    of a lost network and of the leading tab show."""
    vendored = "".join(each.read_text() for each in (STATIC / "vendor").glob("*.js"))
    assert re.search(rf"\b{name.split('.')[-1]}\b", vendored)


_BELOW = re.compile(r"(?<=[\w\])]) :(?=[a-z])")
"""A blank between an element and a pseudo-class: of something within that element."""


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_a_smaller_stylesheet_says_the_same(client, path):
    """By its rules: what stands before a brace, and how many declarations there are."""
    served = client.get(f"/static/{path.name}").text
    said = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    for each in "{:":
        assert served.count(each) == said.count(each)
    # Within a layer «.chip :checked» is taken for a declaration, and becomes «.chip:checked».
    assert len(_BELOW.findall(served)) == len(_BELOW.findall(said))
    assert len(served) < len(path.read_text())


def test_a_script_says_the_same_made_small(client):
    served = client.get("/static/toasts.js").text
    assert not re.search(r"^\s*//", served, re.MULTILINE)
    assert served.count("`") == (STATIC / "toasts.js").read_text().count("`")


def test_a_file_carries_none_of_a_pages_headers(client):
    linked = LINKED.findall(client.get("/login").text)
    answer = client.get(linked[-1])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in answer.headers
    assert len(str(answer.headers)) < 330


@pytest.mark.parametrize("name", ["none.css", "vendor", "../config.py", "%2e%2e/config.py"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_a_page_is_compressed_and_a_short_answer_is_not(client):
    readable = {"Accept-Encoding": "gzip, br"}
    plain = timeless(client.get("/login").text)
    for encoding, decompress in DECOMPRESS.items():
        page = client.get("/login", headers={"Accept-Encoding": encoding})
        assert page.headers["Content-Encoding"] == encoding
        assert timeless(decompress(page.data).decode()) == plain
    assert "Content-Encoding" not in client.get("/health", headers=readable).headers
    refused = {"Accept-Encoding": "gzip;q=0, br;q=0"}
    assert "Content-Encoding" not in client.get("/login", headers=refused).headers


def test_a_refusal_is_compressed_as_any_page_is(client):
    refused = client.get("/nowhere", headers={"Accept-Encoding": "br", "Accept": "text/html"})
    assert (refused.status_code, refused.headers["Content-Encoding"]) == (404, "br")


def test_somebody_who_refuses_an_encoding_is_not_sent_it(client):
    page = client.get("/login", headers={"Accept-Encoding": "br;q=0"})
    assert "Content-Encoding" not in page.headers


MARK_UP = re.compile(r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|setHTML")


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_a_script_writes_text_and_no_mark_up(path):
    """A name would become a part of the page; htmx alone puts in what the server has rendered."""
    assert not MARK_UP.search(path.read_text())


@pytest.mark.parametrize("path", ["../config.py", "..%2fconfig.py", "%2e%2e/config.py"])
def test_nothing_is_served_that_is_not_a_static_file(client, path):
    assert client.get(f"/static/{path}").status_code == 404
