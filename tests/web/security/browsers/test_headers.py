"""What every answer tells the browser not to do."""

import re
from pathlib import Path

import pytest

import jobfair

TEMPLATES = Path(jobfair.__file__).parent / "templates"
ON_DISK = "print/paper.html"
"""Also written to a disk, where no policy reaches it and no stylesheet stands beside it."""

NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", ["/no-such-page", "/api/no-such-call"])
def test_what_is_not_there_is_protected_too(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", [name for name in NAMES if name != ON_DISK])
def test_no_template_has_anything_inline(name):
    """The policy would silently switch it off."""
    html = (TEMPLATES / name).read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|hx-on", html)
