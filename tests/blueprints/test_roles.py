"""A role's pages: what one may not do is not shown, and all that one may do is shown somewhere."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from jobfair.models import Role
from jobfair.services.access.rights import MAY, TEAM
from tests.blueprints.who_may import BY_ENDPOINT, OF_TEAM, calls
from tests.support.showcase import show

PAGES_EACH = 12
"""How many pages of one address are looked at: a company's looks otherwise with nobody waiting."""

PEOPLE = {Role.ADMIN: "organiser", Role.DESK: "desk", Role.VIEWER: "viewer"}

LATER = {
    "admin.alerts.give_back",
    "admin.backups.preview",
    "admin.backups.restore",
    "admin.desk.badge",
    "admin.editions.close",
    "admin.editions.confirm",
    "admin.fair_page.set_by_lot",
    "admin.imports.carry_out",
    "admin.many.carry_out",
    "admin.many.done",
    "admin.many.undo",
    "admin.link_mails.send",
    "admin.link_mails.stop",
    "admin.link_mails.preview",
    "admin.many_students.carry_out",
    "admin.many_students.done",
    "admin.many_students.undo",
    "admin.imports.choose",
    "admin.import_undo.undo",
    "admin.rehearsals.cancel",
    "admin.second_factor.confirm_off",
    "admin.second_factor.new_codes",
    "admin.second_factor.turn_off",
    "admin.sign_up.change_word",
    "admin.webhooks.resume",
    "admin.sign_up.new_word",
    "admin.student.confirm_address",
    "admin.team.confirm_remove_factor",
    "admin.team.remove_factor",
}
"""What a page leads to only after something was sent, or set otherwise; or a code on a phone."""

BEGINNINGS = (
    "/admin/",
    "/admin/?q=zz",
    "/admin/students?unconfirmed=1",
    "/admin/companies/{company_id}?student=zz",
    "/admin/students/{student_id}",
)


class _Reader(HTMLParser):
    """Collects what a page leads to: method and path of each link, form and request of a script."""

    def __init__(self):
        super().__init__()
        self.leads_to = {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "href" in given:
            self.leads_to["GET", given["href"]] = tag
        if tag == "form":
            self.leads_to[given.get("method", "get").upper(), given.get("action") or ""] = tag
        for name, method in (("hx-get", "GET"), ("hx-post", "POST")):
            if name in given:
                self.leads_to[method, given[name]] = tag


@pytest.fixture
def shown(app):
    """A function: the endpoints of the team's that a role's pages lead to, from page to page."""
    addresses = app.url_map.bind("localhost")
    showcase = show()

    def endpoint_of(method, path):
        try:
            return addresses.match(urlsplit(path).path, method)[0]
        except HTTPException:
            return None

    def crawl(role):
        client = app.test_client()
        showcase.people[PEOPLE[role]].sign_in(client)
        found, looked_at, seen = {}, {}, set()
        waiting = [each.format(**showcase.values) for each in BEGINNINGS]
        while waiting:
            path = waiting.pop()
            page = client.get(path, buffered=True)
            assert page.status_code != 403, path
            reader = _Reader()
            if page.mimetype == "text/html":
                reader.feed(page.text)
            for method, address in reader.leads_to:
                to = urldefrag(address).url or path
                endpoint = endpoint_of(method, to) if to.startswith("/") else None
                if endpoint is None or BY_ENDPOINT[endpoint] not in OF_TEAM:
                    continue
                found.setdefault(endpoint, set()).add(path)
                often = looked_at.get(endpoint, 0)
                if method == "GET" and to not in seen and often < PAGES_EACH:
                    seen.add(to)
                    looked_at[endpoint] = often + 1
                    waiting.append(to)
        return found

    return crawl


@pytest.mark.parametrize("role", TEAM)
def test_a_role_is_shown_what_it_may_do_and_nothing_else(app, shown, role):
    found = shown(role)
    beyond = {each: found[each] for each in found if BY_ENDPOINT[each].right not in MAY[role]}
    assert not beyond
    pages = {call.endpoint for call in calls(app) if not call.for_programs}
    may = {
        each
        for each in pages
        if BY_ENDPOINT[each] in OF_TEAM and BY_ENDPOINT[each].right in MAY[role]
    }
    assert may - found.keys() <= LATER
