"""The site as an app: service worker, manifest, icons, a page for without network."""

import re
import struct
from pathlib import Path

import jobfair

STATIC = Path(jobfair.__file__).parent / "static"


def test_the_service_worker_rules_the_whole_site_and_is_never_stale(client):
    answer = client.get("/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in client.get("/login").headers["Content-Security-Policy"]


def test_what_the_service_worker_shows_is_there(client):
    shown = re.findall(r'"(/static/[^"]+png)"', client.get("/service-worker.js").text)
    assert len(shown) == 2
    for path in shown:
        assert client.get(path).mimetype == "image/png"


def test_the_manifest_makes_an_app_of_it(client):
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = answer.json
    assert manifest["start_url"] == "/dashboard"
    assert manifest["display"] == "standalone"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert icon["sizes"] == "{}x{}".format(*size(client.get(icon["src"]).data))


def test_its_colours_are_the_pages_own(client):
    manifest = client.get("/manifest.webmanifest").json
    tokens = (STATIC / "tokens.css").read_text()
    assert f"--bar: {manifest['theme_color']};" in tokens
    assert f"--paper: {manifest['background_color']};" in tokens


def test_every_page_links_them(client):
    page = client.get("/login").text
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    icon = re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
    assert size(client.get(icon[1]).data) == (180, 180)


def test_without_network_both_languages_say_so(client):
    page = client.get("/offline").text
    assert "Pas de réseau" in page
    assert "No network" in page
    # The service worker keeps what it links, and nothing else works then.
    assert re.findall(r'href="(/static/[^"]+)"', page)
    assert re.findall(r'src="(/static/[^"]+)"', page)
    assert not re.search(r"<script>|<script(?![^>]* src=)", page)
    assert "<img" not in page


def size(png: bytes) -> tuple[int, int]:
    """Width and height, which stand at the head of a PNG."""
    return struct.unpack(">II", png[16:24])
