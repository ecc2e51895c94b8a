"""Whatever is sent to whatever address, the answer is in words and nothing breaks.

Sent by whom the address is open to: others are refused before anything of it is read, and
tried in `test_who_may.py`. What belongs into forms is in `test_forms.py`, and into the JSON
interface in `test_api_as_described.py`.
"""

import logging
import re

import pytest

from jobfair.db.transactions import revision
from jobfair.extensions import db
from tests.blueprints.rubbish import addresses, bodies
from tests.blueprints.who_may import METHODS, asking, calls, world

pytestmark = pytest.mark.system

LEFT_OUT = {"auth.sign_out"}
DESTRUCTIVE = re.compile("delete|remove|link|token|active|password")


@pytest.fixture
def app(app_on_both_databases):
    return app_on_both_databases


@pytest.fixture
def unbroken(app, caplog, monkeypatch):
    """Failures are answered as on a server, and said in the log."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    caplog.set_level(logging.ERROR)
    return caplog


def requests(there, call):
    """Every rubbish request: the rubbish in the address, then, to the right one, in the body."""
    values = there.values(call, there.own)
    right, *wrong = addresses(call.method, call.rule, lambda name: values.get(name, "1"))
    for path in wrong:
        yield path, {}
    # PostgreSQL alone stores no NUL in a text.
    filled = {"company": there.own["company"]} if on_postgresql() else None
    for body in bodies(call.method, call.rule, filled):
        yield right, body


def on_postgresql():
    return db.engine.dialect.name == "postgresql"


def wrong_methods(app, there):
    """Each address once by each method that it does not take."""
    taken = {}
    for call in calls(app):
        taken.setdefault(there.address(app, call), set()).add(call.method)
    for path, methods in taken.items():
        for other in sorted(METHODS - methods):
            yield other, path


def destructive(call):
    return call.method == "DELETE" or bool(DESTRUCTIVE.search(call.rule))


def complaint(answer, path, changed):
    """What is wrong with an answer, if anything."""
    if answer.status_code >= 500:
        return "broke"
    if answer.status_code >= 400 and changed:
        return "changed something and refused"
    if answer.status_code >= 400 and not said(answer, path):
        return "was refused without a word"
    if 300 <= answer.status_code < 400 and not own(answer.location):
        return f"led away to {answer.location}"
    if answer.mimetype == "text/html" and "<script>alert" in answer.text:
        return "showed a script"
    return None


def said(answer, path):
    if path.startswith("/api/"):
        return answer.is_json and answer.json["detail"] and answer.json["code"]
    return answer.text.strip()


def own(location):
    return location.startswith("/") and not location.startswith("//")


def test_rubbish_is_refused_in_words_and_changes_nothing(app, client, unbroken):
    complaints, there = [], world()
    for call in calls(app):
        if call.streams or call.endpoint in LEFT_OUT:
            continue
        person = asking(there, call.who)
        headers = {} if person is None else person.bearer()
        began = revision()
        for path, body in requests(there, call):
            before = revision()
            answer = client.open(path, method=call.method, headers=headers, buffered=True, **body)
            wrong = complaint(answer, path, revision() != before)
            if wrong:
                complaints.append(
                    f"{call.method} {path[:80]} {str(body)[:90]} {answer.status} {wrong}"
                )
        if revision() != began and destructive(call):
            # For whatever comes next there has to be something again.
            there = world()
    assert not complaints, "\n".join(complaints[:30])


def test_a_wrong_method_is_refused_in_words(app, client, unbroken):
    for method, path in wrong_methods(app, world()):
        answer = client.open(path, method=method)
        assert answer.status_code in (404, 405), (method, path)
        assert said(answer, path), (method, path)
