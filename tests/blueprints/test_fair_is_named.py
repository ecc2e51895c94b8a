"""Whatever people see of a fair that has a name says which one it is."""

import ast
import re
from collections import defaultdict
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import jobfair
from jobfair.services import mail
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from jobfair.web.rendering.table_files import FORMATS
from tests.blueprints.test_who_may import LINKS
from tests.blueprints.who_may import OF_TEAM, Who, as_browser, calls, sending, world
from tests.support import every_page, showcase

NAME = showcase.FAIR["name"]
IN_FILES = "zzforum-zzmetiers"

AUDIENCES = ("nobody", "student waiting", "organiser", "desk")

PRINT = re.compile(r"/(?:print|paper)\.css\b")
PIECE = re.compile(r'<section class="(?:card|poster|sheet)\b.*?</section>', re.DOTALL)
"""What is cut out of a print, or handed over as a page of its own."""

FOR_PROGRAMS = re.compile("application/json|text/(event-stream|javascript|css)|image/")


def is_page(answer):
    return answer.mimetype == "text/html" and answer.status_code not in (204, 302, 303)


def seen(page):
    """What a page shows, without its title."""
    return unescape(page.partition("<body")[2])


def nameless_parts(page):
    """What of a page does not say it: all of it, or the pieces of a print, which are parted."""
    if not PRINT.search(page):
        return [] if NAME in seen(page) else ["page"]
    pieces = PIECE.findall(page)
    assert pieces
    return [each for each in pieces if NAME not in unescape(each)]


def test_every_page_and_every_piece_of_a_print_does_to_each_audience(app, shown, ask):
    nameless, asked = [], set()
    for rule in every_page.rules(app):
        for path in every_page.addresses(rule, shown.values):
            for who in AUDIENCES:
                answer = ask(who, path)
                if is_page(answer):
                    asked.add(rule.rule)
                    nameless += [f"{who} {path}: {each}" for each in nameless_parts(answer.text)]
    assert not nameless, nameless
    assert len(asked) > 80


def test_every_state_of_a_page_does(visits, ask):
    assert [each for each in visits if NAME not in seen(ask(each.who, each.path).text)] == []


def answers(app):
    """The answer to each call that there is, for those to whom it is open, and for nobody."""
    there = world()
    fair.set_details(actors.SYSTEM, showcase.FAIR)
    may = {Who.STUDENT: there.alice, Who.USER: there.alice, **dict.fromkeys(OF_TEAM, there.admin)}
    found = []
    # What only reads comes first: a form may end a sign-in.
    for call in sorted(calls(app), key=lambda call: call.method != "GET"):
        for person in {None, may.get(call.who)}:
            if call.streams and (person or call.who in (*LINKS, Who.ANYONE)):
                continue
            if call.method != "GET" and call.endpoint.endswith(REMOVES):
                continue
            client = app.test_client()
            request = sending(call, as_browser(client, person))
            found.append((call, client.open(address(there, call), buffered=True, **request)))
    return found


REMOVES = ("delete", "delete_student", "delete_me")
"""Somebody who is gone asks for nothing more."""


def address(there, call):
    """As its rule has it: the formats of a file are rules of one view."""
    values = {**there.values(call, there.own), "what": "students"}
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: str(values[found[1]]), call.rule)


def is_named(answer):
    """Whether what was answered says of which fair it is, or is nothing that people read."""
    said = answer.headers.get("Content-Disposition", "")
    if "attachment" in said:
        return IN_FILES in said
    if answer.mimetype == "application/manifest+json":
        return answer.json["name"] == answer.json["short_name"] == NAME
    if is_page(answer):
        return NAME in seen(answer.text)
    # A redirect, or a code that says all.
    return FOR_PROGRAMS.match(answer.mimetype) or answer.status_code in (204, 302, 303, 308)


def test_every_answer_to_a_form_and_every_file_does_and_a_file_inside_too(app):
    """Inside only where it need not come back: a list in CSV comes back through the import as it
    left, and a backup as it was made."""
    nameless, inside = set(), defaultdict(list)
    for call, answer in answers(app):
        if not is_named(answer):
            nameless.add(f"{call.method} {call.rule}")
        if found := re.search(r"attachment; filename=.*\.(\w+)", str(answer.headers)):
            inside[found[1]].append((call.rule, answer))
    assert not nameless
    assert set(inside) == {*FORMATS, "json", "gz"}
    for rule, answer in inside["xlsx"]:
        with ZipFile(BytesIO(answer.data)) as workbook:
            assert NAME in workbook.read("docProps/core.xml").decode(), rule
    for rule, answer in inside["json"]:
        assert answer.json["fair"] == NAME, rule


@pytest.fixture
def written(app, monkeypatch, mailbox, mail_settings):
    """The mails that the server has got; the fair has its name."""
    for name, value in mail_settings.items():
        monkeypatch.setitem(app.config, name, value)
    fair.set_details(actors.SYSTEM, showcase.FAIR)
    return mailbox


def test_every_mail_does(written):
    mail.deliver("ana@example.org", "A code", "It is 123456.\n")
    assert mail.send("bo@example.org", "A link", "Here it is.\n")
    assert [NAME in each.get_content() for each in written] == [True, True]


SENDS = {"smtplib", "email"}
"""The standard library's ways to write and send a mail."""


def test_no_mail_leaves_by_another_door():
    """What signs a mail is in the one module that speaks to a server."""
    root = Path(jobfair.__file__).parent
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if SENDS & {each.partition(".")[0] for each in imported(node)}
    }
    assert found == {"services/mail.py"}


def imported(node):
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
