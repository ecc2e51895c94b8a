"""What looks like a secret, or like a person's address, does not get into the log."""

import pytest

from jobfair.security import link_tokens
from jobfair.server.redaction import redacted
from tests.support.speed import cost

JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-_x"

SECRETS = {
    "a company's link": ("no route /company/{}/pause", "Zq3_xT-9bWkLmN0pRsTuVwXyZ12345aB"),
    "a link glued to words": ("company_{}\nnext", "Zq3_xT-9bWkLmN0pRsTuVwXyZ12345aB"),
    "a token of JSON": ("Bearer {} is not valid", JWT),
    "a cut token": ("{}", JWT.rpartition(".")[0]),
    "an e-mail address": ("Key (email)=({}) already exists.", "inès.le-fèvre+x@mail.example.org"),
    "one in an address": ("/login?next={}", "ines%40example.org"),
    "a query": ("Error handling request /admin/students?q={}", "Lefèvre"),
    "a database's password": ("postgresql://{}@db/fair", "jobfair:hunter2"),
    "a hash": ("stored {}", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"),
    "an IPv4 address": ("Invalid request from ip={}: what", "203.0.113.9"),
    "one with its port": ("from {}:51234", "203.0.113.9"),
    "an IPv6 address": ("Invalid request from ip={}: what", "2001:db8::8a2e:370:7334"),
    "one in brackets": ("from [{}]:51234", "2001:db8::8a2e:370:7334"),
}


@pytest.mark.parametrize(("line", "secret"), SECRETS.values(), ids=SECRETS)
def test_what_looks_like_a_secret_is_taken_out(line, secret):
    assert secret not in redacted(line.format(secret))


def test_every_token_there_can_be():
    for _ in range(2000):
        token = link_tokens.new()
        assert token not in redacted(f"/company/{token}")


@pytest.mark.parametrize("rubbish", ["a", "1:", "a@", "-eyJ", "://a", "?a=", "f:1."])
def test_rubbish_of_any_length_costs_no_time(rubbish):
    words, rubbish = (each * (100_000 // len(each)) for each in ("plain words ", rubbish))
    # Ten times as dear at most, as measured; a pattern that tries again and again is far beyond.
    assert cost(lambda: redacted(rubbish)) < 100 * cost(lambda: redacted(words))


@pytest.mark.parametrize(
    "harmless",
    [
        "journal not read: (psycopg.OperationalError) consuming input failed",
        "Listening at: http://127.0.0.1:8000 (15509), http://[::1]:8000",
        "at 12:30:45, 2026-11-26T11:24:18.319290Z",
        "UPDATE entry SET turn=? WHERE entry.id = ? [SQL: x::date]",
        "test_a_worker_is_killed_in_the_middle_again",
        "4f2a9c5be1d84c1c9c4f0f4be1d8a1b2",
        'File "/srv/jobfair/services/transaction.py", line 12, in writing',
    ],
)
def test_the_rest_stays(harmless):
    assert redacted(harmless) == harmless
