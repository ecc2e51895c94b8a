"""What people do on the pages, said once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ADMIN, DESKTOP, PHONE, TABLET, Visitors
from tests.support.waiting import wait_until

PASSWORD = "a-good-password"
LIVE_WITHIN_SECONDS = 8

COMPANIES = "/companies?shown=900"
"""The list of companies with all that other tests have made."""

_numbers = count(1)


def unique(word: str) -> str:
    """A name that no other test uses and no other name contains, as lists are searched for it."""
    return f"{word} {next(_numbers):04}"


def register(page: Page, first_name: str) -> Page:
    """Somebody fills in the form and is on their dashboard."""
    page.goto("/register")
    page.get_by_label("Adresse e-mail").fill(_address(first_name))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_label("Prénom").fill(first_name)
    page.get_by_label("Nom", exact=True).fill("Test")
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url("/dashboard")
    return page


def student(visitors: Visitors, first_name: str, **options: object) -> Page:
    """Somebody who has just registered, on a phone, on their dashboard."""
    page = visitors.visitor(PHONE, **options)
    form = {"email": _address(first_name), "password": PASSWORD}
    form |= {"first_name": first_name, "last_name": "Test"}
    return _sent(page, "/register", form, "/dashboard")


def waiting(visitors: Visitors, first_name: str, *companies: int) -> str:
    """Somebody waits in companies' queues and looks at nothing; returns their address."""
    program, who = visitors.program, {"email": _address(first_name), "password": PASSWORD}
    names = {"first_name": first_name, "last_name": "Test"}
    assert program.post("/api/auth/register/", data=who | names).status == 201
    headers = _bearer(visitors, who)
    for company in companies:
        joined = program.post("/api/queues/", data={"company": company}, headers=headers)
        assert joined.status == 201, joined.text()
    return who["email"]


def start(visitors: Visitors, address: str) -> None:
    """Somebody who is called starts their interview, and looks at nothing."""
    headers = _bearer(visitors, {"email": address, "password": PASSWORD})
    (called, *_) = visitors.program.get("/api/queues/opportunities/", headers=headers).json()[
        "opportunities"
    ]
    started = visitors.program.post(f"/api/queues/{called['queue_id']}/start/", headers=headers)
    assert started.ok, started.text()


def pause(visitors: Visitors, address: str) -> None:
    """Somebody takes a break, so that somebody who comes after them is called."""
    headers = _bearer(visitors, {"email": address, "password": PASSWORD})
    paused = visitors.program.patch(
        "/api/students/me/status/", data={"status": "paused"}, headers=headers
    )
    assert paused.ok, paused.text()


def returning(visitors: Visitors, address: str) -> Page:
    """Somebody who has an account signs in on a phone and is on their dashboard."""
    form = {"email": address, "password": PASSWORD}
    return _sent(visitors.visitor(PHONE), "/login", form, "/dashboard")


def sign_in(page: Page) -> Page:
    """The organiser fills in the form and is on the overview."""
    page.goto("/login")
    page.get_by_label("Adresse e-mail").fill(ADMIN[0])
    page.get_by_label("Mot de passe").fill(ADMIN[1])
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url("/admin/")
    return page


def organiser(visitors: Visitors, **options: object) -> Page:
    """The organiser has signed in on a desktop and is on the overview."""
    page = visitors.visitor(DESKTOP, **options)
    return _sent(page, "/login", {"email": ADMIN[0], "password": ADMIN[1]}, "/admin/")


def _sent(page: Page, path: str, form: dict[str, str], leads_to: str) -> Page:
    # The form's own page would take a second for each person: minutes for the suite.
    answer = page.context.request.post(path, form=form, max_redirects=0)
    assert answer.status == 303, answer.text()
    page.goto(leads_to)
    return page


def _address(first_name: str) -> str:
    return f"{first_name.lower()}{next(_numbers)}@fair.example"


def create_company(organiser: Page, name: str, place: str = "", hall: str = "") -> str:
    """The organiser creates a company; returns its link."""
    organiser.goto("/admin/companies/new")
    organiser.get_by_label("Nom", exact=True).fill(name)
    organiser.locator("[name=stand]").fill(place)
    organiser.locator("[name=hall]").fill(hall)
    organiser.locator("main button[type=submit]").click()
    return organiser.get_by_label("Lien du stand").input_value()


def company(visitors: Visitors, name: str, slots: int = 1) -> str:
    """The organiser has created a company; returns its link."""
    headers = _bearer(visitors, {"email": ADMIN[0], "password": ADMIN[1]})
    path = "/api/companies/admin/companies/"
    new = {"name": name, "max_concurrent_interviews": slots}
    made = visitors.program.post(path, data=new, headers=headers)
    return f"/company/{made.json()['access_token']}"


def describe(visitors: Visitors, name: str, profile: dict[str, object]) -> None:
    """The organiser has created a company with a profile."""
    headers = _bearer(visitors, {"email": ADMIN[0], "password": ADMIN[1]})
    path = "/api/companies/admin/companies/"
    made = visitors.program.post(path, data={"name": name, **profile}, headers=headers)
    assert made.status == 201, made.text()


def number_of_company(visitors: Visitors, name: str) -> int:
    """The id of a company by its name."""
    headers = _bearer(visitors, {"email": ADMIN[0], "password": ADMIN[1]})
    listed = visitors.program.get("/api/companies/admin/companies/", headers=headers).json()
    return int(next(each["id"] for each in listed if each["name"] == name))


def desk(visitors: Visitors) -> Page:
    """Somebody helps at the desk, on a tablet: by their link they have just come into the team."""
    headers = _bearer(visitors, {"email": ADMIN[0], "password": ADMIN[1]})
    invited = visitors.program.post(
        "/api/admin/team/", data={"email": _address("desk"), "role": "desk"}, headers=headers
    ).json()
    link = invited["access_url"].partition("/welcome/")[2]
    page = visitors.visitor(TABLET)
    accept_questions(page)
    return _sent(page, f"/welcome/{link}", {"password": PASSWORD}, "/admin/desk")


def _bearer(visitors: Visitors, who: dict[str, str]) -> dict[str, str]:
    tokens = visitors.program.post("/api/auth/login/", data=who).json()
    return {"Authorization": f"Bearer {tokens['access']}"}


def stand(visitors: Visitors, link: str, **options: object) -> Page:
    """A recruiter opens the link on a tablet."""
    page = visitors.visitor(TABLET, **options)
    accept_questions(page)
    page.goto(link)
    return page


def join(page: Page, company: str) -> None:
    """A student joins a company's queue from the list."""
    page.goto(COMPANIES)
    card = page.locator("#companies li", has=page.get_by_role("heading", name=company, exact=True))
    card.get_by_role("button", name="Rejoindre la file").click()
    expect(page.locator("#toasts")).to_contain_text("Inscrit chez")


def say(organiser: Page, text: str) -> None:
    """The organiser says something to everyone."""
    organiser.goto("/admin/messages")
    organiser.get_by_label("Tout le monde").check()
    organiser.get_by_label("Message", exact=True).fill(text)
    organiser.get_by_role("button", name="Envoyer").click()
    expect(organiser.get_by_role("heading", name="Envoyer à tout le monde ?")).to_be_visible()
    organiser.get_by_role("button", name="Envoyer").click()
    expect(organiser.locator("#sent")).to_contain_text(text)


def live(page: Page) -> Page:
    """Wait until the page's stream is open, so that what follows is pushed, not loaded."""
    # Not wait_for_function, which evaluates a string in the page: the policy forbids that.
    until(
        page,
        lambda: page.evaluate("typeof silentSince !== 'undefined' && silentSince === null"),
        "the page's stream is open",
    )
    return page


def until(
    page: Page, true: Callable[[], object], what: str, seconds: float = LIVE_WITHIN_SECONDS
) -> None:
    """Wait for something that is not to be seen on a page, while its browser goes on."""
    # What the browser tells is heard by Playwright only while it waits.
    wait_until(true, what, seconds, pause=lambda: page.wait_for_timeout(20))


def turn(page: Page, company: str) -> Locator:
    """The card that calls a student to a company."""
    return page.locator("#turns article", has=page.get_by_role("heading", name=company))


def place(page: Page, company: str) -> Locator:
    """A student's card of a company whose queue they wait in."""
    return page.locator("#queues li", has=page.get_by_role("heading", name=company))


YES = """const show = HTMLDialogElement.prototype.showModal;
HTMLDialogElement.prototype.showModal = function () {
  show.call(this);
  setTimeout(() => this.querySelector("[value=yes]").click());
};"""


def accept_questions(page: Page) -> None:
    """Say yes whenever the page asks whether one is sure."""
    page.add_init_script(YES)


def put_messages_away(page: Page) -> Page:
    """What an organiser has said to all, perhaps in another test, stands on top until then."""
    read = page.locator("#messages button")
    if read.count():
        read.click()
        page.locator("#toasts .toast-close").click()
    expect(read).to_have_count(0)
    return page
