"""Every page, found in the route table, so that a new page is tested automatically.

A page that shows another thing under a query, or to another person, is said in STATES; one that
needs something to exist gets it in tests/support/showcase.py, and its address's names in `values`
there.
"""

import re
from dataclasses import dataclass
from itertools import product

from jobfair.services.access import sign_ins
from jobfair.web.security.sign_in import tokens

NO_PAGE = re.compile(
    r"^/(api/(?!docs)|live/|static/|push-subscriptions/)|^/health$|^/profile/data$|^/join/|^/login/code$"
    r"|^/login/school|\.\w+$"
)
"""For programs, streams, files that are saved and not shown, and posters, which lead elsewhere; the
page between password and code, which tests/browser/test_lost_phone.py looks at; and what only the
school's account leads to, which is in tests/blueprints/account/test_school.py."""

LEAD_ELSEWHERE = ("auth.sign_in_form", "auth.register_form", "auth.home")
"""Pages for visitors who are not signed in."""

STATES = (
    ("nobody", "/nowhere"),
    ("nobody", "/company/zz-unknown"),
    ("nobody", "/welcome/zz-unknown"),
    ("nobody", "/company/{token}?all"),
    ("nobody", "/company/{token}?notes"),
    ("nobody", "/company/{token}/met?verdict=no"),
    ("student in interview", "/dashboard"),
    ("student in interview", "/notifications"),
    ("student paused", "/dashboard"),
    ("student paused", "/companies"),
    ("student set aside", "/dashboard"),
    ("student set aside", "/companies/{company_id}"),
    ("student waiting", "/companies/{company_id}"),
    ("student waiting", "/companies?q=nobody"),
    ("student waiting", "/companies?sort=wait&wait=short"),
    ("student waiting", "/dashboard"),
    ("organiser", "/admin/?q=zz"),
    ("organiser", "/admin/companies?q=zz"),
    ("organiser", "/admin/companies?q=nobody"),
    ("organiser", "/admin/students?q=nobody"),
    ("organiser", "/admin/companies/{company_id}?student=zz"),
    ("organiser", "/admin/audit?all=1&since=never"),
    ("organiser", "/admin/report/day?company={company_id}"),
    ("organiser", "/admin/report/day?at=never"),
    ("organiser", "/admin/companies/many?act=delete&all=1"),
    ("organiser", "/admin/companies/many?act=hall&all=1&q=zz"),
    ("organiser", "/admin/companies/many?act=message&all=1"),
    ("organiser", "/admin/companies/many?act=set_pin&all=1"),
    ("organiser", "/admin/students/many?act=remove&all=1"),
    ("organiser", "/admin/students/many?act=write&all=1"),
    ("student waiting", "/admin/"),
    ("desk", "/admin/"),
    ("desk", "/admin/desk?q=zz"),
    ("viewer", "/admin/companies/{company_id}"),
)
"""What else is to be looked at, and by whom, beyond each address as its first reader finds it."""


@dataclass(frozen=True)
class Visit:
    """A page as one of the showcase's people opens it."""

    who: str
    path: str


def rules(app, method="GET"):
    """The rules of pages and forms, in order."""
    found = (rule for rule in app.url_map.iter_rules() if method in rule.methods)
    return sorted(
        (rule for rule in found if not NO_PAGE.search(rule.rule)), key=lambda rule: rule.rule
    )


def files(app):
    """The rules of the files that are saved and not shown."""
    return [rule for rule in app.url_map.iter_rules() if re.search(r"\.csv$", rule.rule)]


def addresses(rule, values):
    """The addresses of a rule, one for each of the words that it lets one choose from.

    Raises KeyError for a name of which `values` knows nothing.
    """
    choices = {
        name: words.replace(" ", "").split(",")
        for words, name in re.findall(r"<any\(([^)]*)\):(\w+)>", rule.rule)
    }
    for name in rule.arguments - choices.keys() - (rule.defaults or {}).keys():
        choices[name] = [str(values.get(f"{rule.endpoint} {name}") or values[name])]
    for chosen in product(*choices.values()):
        filled = dict(zip(choices, chosen, strict=True))
        yield re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found, each=filled: each[found[1]], rule.rule)


def cookie(person):
    """The name and value of the cookie with which somebody is signed in."""
    opened = sign_ins.open_for(person.user_id, "test")
    return "jobfair_access", tokens.access(opened.sign_in_id, person.user_id)


def visits(app, showcase, status_of):
    """Each page once, by the first who is shown it, and then the states.

    `status_of(who, path)` gives the status of an answer that is a page, and None for a file.
    """
    for rule in rules(app):
        for path in addresses(rule, showcase.values):
            # Of the team's pages a student is shown none: each that is asked takes its time.
            organiser_first = path.startswith("/admin/")
            people = sorted(showcase.people, key=lambda who: organiser_first and who != "organiser")
            who = next((each for each in people if status_of(each, path) == 200), None)
            assert who, f"nobody is shown {path}: say who sees it, in tests/support/showcase.py"
            yield Visit(who, path)
    for who, path in STATES:
        yield Visit(who, path.format(**showcase.values))
