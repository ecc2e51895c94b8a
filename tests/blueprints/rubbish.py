"""What nobody ought to send, and some do: for each field, address and body."""

import json
import re
from itertools import cycle, islice

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

# fmt: off
FIELDS = [
    "action", "actor", "after", "before", "company", "company_id", "csrf_token", "current_company",
    "current_password", "email", "first_name", "format", "from", "id", "idempotency_key", "kind",
    "language", "last_name", "limit", "message", "name", "new_password", "next", "number", "order",
    "page", "password", "phase", "position", "q", "query", "queue_id", "queue_ids", "queue_limit",
    "rank", "refresh", "search", "since", "slots", "stand", "status", "student", "student_id",
    "text", "to", "until",
]
# fmt: on


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


def bodies(method, path):
    """What to send, as arguments of the test client; the first is nothing at all."""
    yield {}
    if method == "GET":
        for texts in mixed([text[:2000] for text in TEXTS]):
            yield {"query_string": texts}
        yield {"query_string": "&".join(f"{field}=%FF%00" for field in FIELDS)}
    elif path.startswith("/api/"):
        yield from _json_bodies()
    else:
        yield from _forms()


def mixed(values):
    """A few bodies with something else in each field, as views read few and every page is asked."""
    for shift in range(MIXTURES):
        chosen = islice(cycle(values), shift * SHIFT, None)
        yield dict(zip(FIELDS, chosen, strict=False))


def _json_bodies():
    """What is no JSON of ours, and some that is; the rest is in `test_api_as_described.py`."""
    for values in mixed(VALUES + NESTED):
        yield {"data": json.dumps(values), "content_type": "application/json"}
    for raw in BROKEN:
        yield {"data": raw, "content_type": "application/json"}
    yield {"data": dict.fromkeys(FIELDS, "x")}


def _forms():
    """What no page's form sends; the rest is in `test_forms.py`."""
    yield {"data": {field: ["1", "2", "x"] for field in FIELDS}}
    raw = "&".join(f"{field}=%FF%ED%A0%80" for field in FIELDS)
    yield {"data": raw, "content_type": "application/x-www-form-urlencoded"}
    yield {"data": b"\xff\x00", "content_type": "multipart/form-data; boundary=x"}
    yield {"data": b"{", "content_type": "application/json"}


def files():
    """What may be uploaded in the place of a table."""
    return (b"", b'\x00\xff;,"\n"', b"name;email\n" + b"x;" * 5000, b"PK\x03\x04")
