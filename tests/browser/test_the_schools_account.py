"""From the poster to a place in a queue with the school's account, in a real browser.

What only a browser knows: that the content security policy lets it go to the provider and come
back, and that the attempt's cookie comes back with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Server, Visitors
from tests.browser.people import company, join, unique
from tests.browser.test_every_page import AXE, WCAG
from tests.support import school_provider
from tests.support.school_provider import Provider

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def of_school(
    tmp_path_factory: pytest.TempPathFactory, running_provider: Provider
) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("school"))
    given = school_provider.settings(
        running_provider, PUBLIC_URL=server.url, OIDC_NAME="Compte Univ"
    )
    server.environment |= {f"JOBFAIR_{name}": value for name, value in given.items()}
    server.start()
    yield server
    server.stop()


def read_by_axe(page: Page) -> None:
    # What has just come under the finger rests for a moment, and is pale meanwhile.
    expect(page.locator("[data-settling]")).to_have_count(0)
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, WCAG) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_the_school_to_a_place_in_a_queue(
    browser: Browser, of_school: Server, provider: Provider, scripts: bool
) -> None:
    provider.knows("zoe", given_name="Zoé", family_name="Martin", email="zoe@univ.example",
                   email_verified=True)  # fmt: skip
    visitors = Visitors(browser, of_school.url)
    acme = unique("Acme")
    company(visitors, acme)
    zoe = visitors.visitor(PHONE, java_script_enabled=scripts)
    zoe.goto("/profile")
    button = zoe.get_by_role("button", name="Se connecter avec Compte Univ")
    expect(button).to_be_visible()
    if scripts:
        read_by_axe(zoe)
        if folder := os.environ.get("SCREENSHOTS"):
            zoe.screenshot(path=f"{folder}/school-sign-in.png", full_page=True)
    button.click()
    zoe.locator("[name=sub]").first.fill("zoe")
    zoe.get_by_role("button", name="Authorize").click()
    expect(zoe).to_have_url("/profile")
    expect(zoe.get_by_label("Prénom")).to_have_value("Zoé")
    zoe.goto("/companies")
    if scripts:
        join(zoe, acme)
    zoe.goto("/profile")
    zoe.get_by_role("button", name="Se déconnecter", exact=True).click()
    expect(zoe.get_by_role("heading", name="Déconnexion faite")).to_be_visible()
    if scripts:
        read_by_axe(zoe)
    expect(zoe.get_by_role("link", name="Me déconnecter du compte de l'école")).to_be_visible()
    visitors.close()
    assert visitors.complaints == []
