"""Five organisers in a browser each, who do what comes to their mind, and remember what they saw.

They take turns, so that what each form may write is known: a field is stored if it still is what
its reader saw, and asked about if somebody else has changed it meanwhile (rule of the forms).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.support.chance import Random

FIELDS = ("stand", "hall", "description")
"""Of a company, which anything may stand in."""

Stored = dict[tuple[int, str], str]
"""What stands in which field of which company."""


@dataclass(frozen=True)
class OpenForm:
    """A company's form that an organiser has before them: what they saw there."""

    company_id: int
    seen: dict[str, str]


class Organiser:
    """One of them. `stored` is shared: what the forms have stored so far."""

    def __init__(self, context: BrowserContext, chance: Random, stored: Stored) -> None:
        self._page: Page = context.new_page()
        self._page.set_default_timeout(10_000)
        self._chance = chance
        self._stored = stored
        self._form: OpenForm | None = None
        self.did: Counter[str] = Counter()
        self.complaints: list[str] = []
        self._page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._page.on("response", self._look_at)

    def take_turn(self) -> None:
        """Do one thing. A form stays open for a while, as its reader is called away."""
        if self._form is not None:
            if self._chance.random() < SENT_AT_ONCE:
                self._send()
            return
        others = [self._look_around, self._search, self._take_an_alert, self._pause_some]
        act = self._chance.choice([*others, self._write_to_a_queue, *[self._open_form] * 5])
        act()
        self.did[act.__name__.strip("_")] += 1

    def upload(self, what: str, name: str, content: bytes, button: str) -> None:
        """Import a list from a file, after a look at what it would do."""
        self._page.goto(f"/admin/{what}/import")
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        self._page.locator("#file").set_input_files(file)
        self._page.get_by_role("button", name="Voir l").click()
        self._page.get_by_role("button", name=button).click(timeout=60_000)
        expect(self._page.locator("h1")).not_to_contain_text("liste", timeout=60_000)

    def set_phase(self, phase: str) -> None:
        """Open or close the fair, after the question."""
        self._page.goto(f"/admin/phase/{phase}")
        self._page.locator("main button.button-danger").click(timeout=60_000)
        expect(self._page).to_have_url("/admin/", timeout=60_000)

    def reported(self, words: str) -> int:
        """A figure of the report."""
        self._page.goto("/admin/report")
        figure = self._page.locator(".figure", has=self._page.get_by_text(words, exact=True))
        return int(figure.first.locator("dd").inner_text())

    def finish(self) -> None:
        """Send what is still open."""
        if self._form is not None:
            self._send()

    def _open_form(self) -> None:
        company_id, _field = self._chance.choice(sorted(self._stored)[:LOOKED_AT])
        self._page.goto(f"/admin/companies/{company_id}")
        seen = {name: self._input(name).input_value() for name in FIELDS}
        assert seen == {name: self._stored[company_id, name] for name in FIELDS}
        self._form = OpenForm(company_id, seen)

    def _send(self) -> None:
        """Change one field: it is stored, or what stands there meanwhile is shown beside it."""
        assert self._form is not None
        form, self._form = self._form, None
        name = self._chance.choice(FIELDS)
        key = (form.company_id, name)
        typed = f"{name} {next(_numbers)}"
        self._input(name).fill(typed)
        self._page.locator("#settings button[type=submit]").click()
        if self._stored[key] == form.seen[name]:
            expect(self._page.locator("#toasts")).to_contain_text("Enregistré")
            self.did["stored"] += 1
        else:
            wrong = self._page.locator("#settings .field-error")
            expect(wrong).to_contain_text(f"«\N{NO-BREAK SPACE}{self._stored[key]}")
            expect(self._input(name)).to_have_value(typed)
            self.did["asked"] += 1
            self._page.locator("#settings button[type=submit]").click()
            expect(self._page.locator("#toasts")).to_contain_text("Enregistré")
        self._stored[key] = typed

    def _look_around(self) -> None:
        self._page.goto(self._chance.choice(LISTS))

    def _search(self) -> None:
        company_id = self._chance.choice(sorted(self._stored))[0]
        place = self._stored[company_id, "stand"]
        self._page.goto("/admin/")
        self._page.locator("#search-text").fill(place)
        expect(self._page.locator("#found .candidate").first).to_contain_text(place)

    def _take_an_alert(self) -> None:
        self._page.goto("/admin/alerts")
        button = self._page.get_by_role("button", name="Je m'en charge")
        if not button.count():
            return
        alert = self._page.locator("#alert-list .alert", has=button.first).first
        number = alert.get_attribute("id")
        button.first.click()
        # Somebody reached is no alert any more.
        taken = self._page.locator(f"#{number} .alert-taken")
        gone = self._page.locator(f"#alert-list:not(:has(#{number}))")
        expect(taken.or_(gone).first).to_be_visible()

    def _pause_some(self) -> None:
        """Pause the stands of a few companies in one, and take it back in one."""
        chosen = self._chance.sample(sorted({each for each, _field in self._stored}), 3)
        some = "&".join(f"company={each}" for each in chosen)
        self._page.goto(f"/admin/companies/many?act=pause&{some}")
        self._page.locator("main form .tools button[type=submit]").click()
        undo = self._page.get_by_role("button", name="Annuler")
        if undo.count():
            undo.click()
            expect(self._page.locator("h1")).to_be_visible()

    def _write_to_a_queue(self) -> None:
        company_id = self._chance.choice(sorted(self._stored))[0]
        self._page.goto(f"/admin/companies/{company_id}")
        self._page.get_by_role("link", name="Message à la file").click()
        self._page.get_by_label("Message", exact=True).fill(f"Mot {next(_numbers)}")
        self._page.locator("main form button.button-primary").click()
        expect(self._page.locator("h1")).to_be_visible()
        confirm = self._page.locator("form.confirmation button.button-danger")
        if confirm.count():
            confirm.click()
            expect(self._page.locator("#toasts .toast").first).to_be_visible()

    def _input(self, name: str) -> Locator:
        return self._page.locator(f"#settings [name={name}]")

    def _look_at(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.url}")


LISTS = ("/admin/", "/admin/companies", "/admin/students", "/admin/alerts", "/admin/audit")

SENT_AT_ONCE = 0.3
"""Of the open forms; the others wait for one more turn."""

LOOKED_AT = 6
"""Of the fields, so that two organisers meet at one company."""

_numbers = count(1)
