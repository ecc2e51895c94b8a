"""What nobody ought to send, and some do: for each field, address and body."""

import json
import re
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import jobfair
from jobfair.fields.input.parsing import Input
from jobfair.live.pages import BY_ADDRESS
from jobfair.queries.admin.records import audit_filters
from jobfair.web import idempotency
from jobfair.web.security.browsers import csrf

LARGE = 2**31
MIXTURES, SHIFT = 3, 5
HOSTILE = "<script>alert(1)</script>'\"; DROP TABLE users; --{{7*7}}%s\u202e"

TEXTS = ["", "   ", "x" * 20_000, "\0", HOSTILE, "-1", "9" * 30, "1.5", "null", "٣", "\u200b"]
VALUES = [None, True, -1, 0, 1.5, LARGE, 10**30, "", "x" * 20_000, "\0", HOSTILE, "\ud800"]
NESTED = [[], ["x"], [[1, [2]]], [None], {}, {"id": 1}]
BROKEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff\xfe",
    b"[" * 5000,
    b'{"a": ' + b"9" * 5000 + b"}",
]

NUMBERS = ["0", "999999", "%D9%A3"]
NO_NUMBERS = ["-1", "9" * 30, "1.5", "x", "%00", "1%FF"]
"""Which the router keeps from every view in the same way."""
WORDS = ["nonsense", "%00", "%FF", "..%2F..", "x" * 3000, "%3Cscript%3E", "admin", "%F0%9F%8E%93"]

FILLED = {
    "audience": "queue",
    "call_minutes": "5",
    "email": "zz@example.org",
    "format": "csv",
    # Not sent twice: each is a form of its own.
    "idempotency_key": "",
    "language": "fr",
    "name": "Zz",
    "password": "nobody would guess this",
    "new_password": "nobody would guess this",
    "phase": "open",
    "pin": "4711",
    "status": "in_interview",
    "text": "Zz",
}
"""What a form may well hold, so that it is read to its end; other fields hold 1."""

SOURCES = Path(jobfair.__file__).parent
BY_NAME = re.compile(r'request\.(?:args|form|values|files)\.get\(\s*"(\w+)"')
BY_PRESENCE = re.compile(r'"(\w+)" in request\.(?:args|form)')


@cache
def read_together():
    """The names of what is read from a form, a query or JSON, by file, page and shape."""
    found = [{*audit_filters.FIELDS}, {csrf.FIELD, idempotency.FIELD}]
    for source in SOURCES.rglob("*.py"):
        text = source.read_text()
        found.append({*BY_NAME.findall(text), *BY_PRESENCE.findall(text)})
    found += [
        {*page.options, *([page.search.parameter] if page.search else [])}
        for page in BY_ADDRESS.values()
    ]
    found += [
        {field.alias or name for name, field in shape.model_fields.items()} for shape in shapes()
    ]
    return found


@cache
def fields():
    """The names of all that is read in whatever view."""
    return sorted(set().union(*read_together()))


@cache
def read_apart():
    """All fields in as few groups as are found, none of which has two that are read together."""
    groups = []
    for field in fields():
        beside = set().union(*(each for each in read_together() if field in each))
        group = next((group for group in groups if not beside & set(group)), None)
        if group is None:
            groups.append([field])
        else:
            group.append(field)
    return groups


def shapes(base=Input):
    """Every shape of input there is."""
    for shape in base.__subclasses__():
        yield shape
        yield from shapes(shape)


def addresses(method, rule, known):
    """The addresses of a rule: with `known` values, and with each kind of rubbish in turn."""
    numbers, words = NUMBERS, WORDS[:1]
    if method == "GET":
        numbers, words = [*NUMBERS, *NO_NUMBERS], WORDS
    names = re.findall(r"<(?:(\w+)[^:<>]*:)?(\w+)>", rule)
    if not names:
        return [rule]
    filled = [{name: str(known(name)) for _kind, name in names}]
    for kind, name in names:
        rubbish = numbers if kind == "int" else words
        filled += [{**filled[0], name: each} for each in rubbish]
    return [
        re.sub(r"<(?:\w+[^:<>]*:)?(\w+)>", lambda found, values=values: values[found[1]], rule)
        for values in filled
    ]


def bodies(method, path, filled):
    """What to send, as arguments of the test client; the first is nothing at all.

    `filled` is what some fields hold in a form that is in order but for one field of each view;
    None where no such form is sent.
    """
    yield {}
    if method == "GET":
        for texts in mixed([text[:2000] for text in TEXTS]):
            yield {"query_string": texts}
        yield {"query_string": "&".join(f"{field}=%FF%00" for field in fields())}
    elif path.startswith("/api/"):
        yield from _json_bodies()
    else:
        yield from _forms()
        if filled is not None:
            yield from _forms_with_a_nul(filled)


def mixed(values):
    """A few bodies with something else in each field, as views read few and every page is asked."""
    for shift in range(MIXTURES):
        chosen = islice(cycle(values), shift * SHIFT, None)
        yield dict(zip(fields(), chosen, strict=False))


def _json_bodies():
    """What is no JSON of ours, and some that is; the rest is in `test_api_as_described.py`."""
    for values in mixed(VALUES + NESTED):
        yield {"data": json.dumps(values), "content_type": "application/json"}
    for raw in BROKEN:
        yield {"data": raw, "content_type": "application/json"}
    yield {"data": dict.fromkeys(fields(), "x")}


def _forms():
    """What no page's form sends; the rest is in `test_forms.py`."""
    yield {"data": {field: ["1", "2", "x"] for field in fields()}}
    raw = "&".join(f"{field}=%FF%ED%A0%80" for field in fields())
    yield {"data": raw, "content_type": "application/x-www-form-urlencoded"}
    yield {"data": b"\xff\x00", "content_type": "multipart/form-data; boundary=x"}
    yield {"data": b"{", "content_type": "application/json"}


def _forms_with_a_nul(filled):
    """A form that may be in order but for one field of each view."""
    right = {**dict.fromkeys(fields(), "1"), **FILLED, **filled}
    for group in read_apart():
        yield {"data": right | {field: f"{right[field]}\0" for field in group}}


def files():
    """What may be uploaded in the place of a table."""
    return (b"", b'\x00\xff;,"\n"', b"name;email\n" + b"x;" * 5000, b"PK\x03\x04")
