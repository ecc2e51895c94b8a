"""What every answer tells the browser not to do."""

import re
from pathlib import Path

import pytest

import jobfair
from tests import factories

TEMPLATES = Path(jobfair.__file__).parent / "templates"
ON_DISK = "print/paper.html"
"""Also written to a disk, where no policy reaches it and no stylesheet stands beside it."""

NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", ["/", "/login", "/health", "/no-such-page", "/api/companies/"])
def test_every_answer_is_protected(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_a_personal_page_is_kept_nowhere(client):
    factories.student().sign_in(client)
    assert client.get("/dashboard").headers["Cache-Control"] == "no-store"


def test_a_stands_page_sends_its_address_nowhere(client):
    token = factories.token(factories.company())
    assert client.get(f"/company/{token}").headers["Referrer-Policy"] == "no-referrer"


def test_a_page_over_https_stays_there(client):
    answer = client.get("/", base_url="https://fair.example")
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != ON_DISK])
def test_no_template_has_anything_inline(name):
    """The policy would silently switch it off."""
    html = (TEMPLATES / name).read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|hx-on", html)
