"""Whatever is sent to whatever address, the answer is in words and nothing breaks."""

import logging
import re

import pytest

from jobfair.queries.reading import revision
from tests import factories
from tests.web.rubbish import addresses, bodies

# They never end, or end the sign-in of whoever knocks; they take no input.
LEFT_OUT = re.compile(r"^/(live|static)/|/events/$|^/logout$")
METHODS = {"GET", "POST", "PATCH", "DELETE"}
DESTRUCTIVE = re.compile("delete|remove|token|active|password")


@pytest.fixture
def someone_elses(app):
    """What exists and is not the caller's, by the names that addresses give it."""
    bob = factories.student("Bob")
    company_id = factories.company("Elsewhere")
    return {
        "entry_id": factories.entry(bob, company_id),
        "student_id": bob.student_id,
        "company_id": company_id,
        "user_id": bob.user_id,
        "token": factories.token(company_id),
    }


@pytest.fixture
def unbroken(app, caplog):
    """Failures are answered as on a server, and said in the log."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    caplog.set_level(logging.ERROR)
    return caplog


def calls(app):
    """Every method of every address there is; what takes things away comes last."""
    found = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if not LEFT_OUT.search(rule.rule)
        for method in METHODS & rule.methods
    ]
    return sorted(found, key=lambda call: (destructive(*call), call[0].rule, call[1]))


def destructive(rule, method):
    return method == "DELETE" or bool(DESTRUCTIVE.search(rule.rule))


def requests(app, known):
    """Every rubbish request: the rubbish in the address, then, to the right one, in the body."""
    for rule, method in calls(app):
        right, *wrong = addresses(rule, lambda name: known.get(name, "1"))
        for path in wrong:
            yield method, path, {}
        for body in bodies(method, rule.rule):
            yield method, right, body
        for other in sorted(METHODS - rule.methods):
            yield other, right, {}


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


@pytest.mark.parametrize("who", ["nobody", "student", "admin"])
def test_rubbish_is_refused_in_words_and_changes_nothing(app, client, unbroken, someone_elses, who):
    headers = {} if who == "nobody" else getattr(factories, who)().bearer()
    complaints = []
    for method, path, body in requests(app, someone_elses):
        before = revision()
        answer = client.open(path, method=method, headers=headers, buffered=True, **body)
        wrong = complaint(answer, path, revision() != before)
        if wrong:
            complaints.append(f"{method} {path[:80]} {str(body)[:90]} {answer.status} {wrong}")
    assert not complaints, "\n".join(complaints[:30])
