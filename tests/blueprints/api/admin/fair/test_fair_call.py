"""The fair itself through JSON: its phase, what is said of it, its logo, who signs up."""

import pytest

from tests.support import factories, pictures
from tests.support.programs import Program, refused, wrong_fields

FAIR = "/api/admin/fair/"
SIGN_UP = "/api/admin/sign_up/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def test_what_is_said_of_the_fair_is_changed_all_at_once(organiser):
    said = {
        "name": "Forum 2026",
        "starts_on": "2026-11-30",
        "ends_on": "2026-12-01",
        "opens": "09:30",
        "closes": "17:00",
        "zone": "Europe/Paris",
        "colour": "#1b4aa0",
    }
    answer = organiser.patch(FAIR, said)
    assert answer.json.items() >= said.items()
    assert organiser.patch(FAIR, {"zone": None}).json["zone"] is None
    assert organiser.get(FAIR).json.items() >= {**said, "zone": None}.items()


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": "tomorrow"},
        {"starts_on": 5},
        {"opens": "9 o'clock"},
        {"opens": 930},
        {"colour": "#FFFFFF"},
        {"zone": "Europe/Atlantis"},
        {"keep_days": "30"},
        {"name": "x" * 81},
    ],
)
def test_what_is_wrong_is_refused_by_its_name(organiser, wrong):
    assert wrong_fields(organiser.patch(FAIR, {"welcome": "Welcome", **wrong})) == set(wrong)
    assert organiser.get(FAIR).json["welcome"] is None


def test_the_last_day_is_not_before_the_first(organiser):
    reversed_ = {"starts_on": "2026-12-01", "ends_on": "2026-11-30"}
    assert wrong_fields(organiser.patch(FAIR, reversed_)) == {"ends_on"}


def test_opening_the_fair_calls_the_first_of_each_queue(organiser, client):
    assert organiser.put(f"{FAIR}phase/", {"phase": "preparing"}).json["phase"] == "preparing"
    alice = factories.student("Alice")
    factories.entry(alice, factories.company())
    as_alice = Program(client, alice)
    opportunities = "/api/queues/opportunities/"
    assert as_alice.get(opportunities).json["can_start_any"] is False
    assert organiser.put(f"{FAIR}phase/", {"phase": "open"}).json["phase"] == "open"
    assert as_alice.get(opportunities).json["can_start_any"] is True
    assert wrong_fields(organiser.put(f"{FAIR}phase/", {"phase": "over"})) == {"phase"}


def test_a_call_lasts_as_long_as_is_said(organiser):
    assert organiser.put(f"{FAIR}calls/", {"call_minutes": 4}).json["call_minutes"] == 4
    assert organiser.put(f"{FAIR}calls/", {"call_minutes": None}).json["call_minutes"] is None
    assert wrong_fields(organiser.put(f"{FAIR}calls/", {"call_minutes": 61})) == {"call_minutes"}
    assert wrong_fields(organiser.put(f"{FAIR}calls/", {})) == {"call_minutes"}


def test_companies_write_their_own_profiles_where_that_is_allowed(organiser):
    for allowed in (True, False):
        answer = organiser.put(f"{FAIR}profile_editing/", {"allowed": allowed})
        assert answer.json["profile_editing"] is allowed


def test_the_logo_is_the_body_as_it_is(organiser, client):
    answer = organiser.call("PUT", f"{FAIR}logo/", data=pictures.png(), content_type="image/png")
    address = answer.json["logo"]["small"]
    assert client.get(address.removeprefix("http://localhost")).mimetype == "image/webp"
    assert organiser.delete(f"{FAIR}logo/").status_code == 204
    assert organiser.delete(f"{FAIR}logo/").status_code == 204
    assert organiser.get(FAIR).json["logo"] is None


def test_a_logo_that_is_none_is_refused(organiser):
    def sent(data, kind):
        return organiser.call("PUT", f"{FAIR}logo/", data=data, content_type=kind)

    assert refused(sent(b"no picture", "image/png")) == (400, "logo_unknown")
    assert refused(sent(pictures.png(), "text/plain")) == (415, "unsupported_media_type")
    assert refused(sent(b"x" * (5 * 1024 * 1024 + 1), "image/png")) == (413, "too_large")
    assert organiser.get(FAIR).json["logo"] is None


def test_who_may_sign_up_counts_at_once(organiser, client):
    assert organiser.get(SIGN_UP).json["mode"] == "open"
    coded = organiser.patch(SIGN_UP, {"mode": "code"}).json
    assert coded["mode"] == "code"
    assert coded["word"]
    assert organiser.put(f"{SIGN_UP}word/", {"word": "Tournesol"}).json["word"] == "Tournesol"
    made = organiser.put(f"{SIGN_UP}word/", {}).json["word"]
    assert made not in ("Tournesol", coded["word"])
    assert wrong_fields(organiser.put(f"{SIGN_UP}word/", {"word": "ab"})) == {"word"}


def test_a_school_needs_its_domains(organiser):
    assert refused(organiser.patch(SIGN_UP, {"mode": "domains"})) == (400, "domains_missing")
    both = {"mode": "domains", "domains": "univ.fr, Ecole.example"}
    assert organiser.patch(SIGN_UP, both).json["domains"] == ["univ.fr", "ecole.example"]
    assert wrong_fields(organiser.patch(SIGN_UP, {"domains": "@@"})) == {"domains"}


def test_a_fair_opens_by_lot_if_that_is_said_while_it_is_prepared(organiser):
    lot = f"{FAIR}lot/"
    assert wrong_fields(organiser.put(lot, {"by_lot": True})) == {"by_lot"}
    organiser.put(f"{FAIR}phase/", {"phase": "preparing"})
    assert organiser.put(lot, {"by_lot": True}).json["by_lot"] is True
    assert organiser.get(FAIR).json["by_lot"] is True
    assert wrong_fields(organiser.put(lot, {"by_lot": "yes"})) == {"by_lot"}
    assert organiser.put(lot, {"by_lot": False}).json["by_lot"] is False


def test_an_undrawn_place_has_no_number(organiser, client):
    organiser.put(f"{FAIR}phase/", {"phase": "preparing"})
    organiser.put(f"{FAIR}lot/", {"by_lot": True})
    company, ana = factories.company("TechCorp"), Program(client, factories.student("Ana"))
    joined = ana.post("/api/queues/", {"company": company}).json
    assert (joined["position"], joined["ahead_count"]) == (None, None)
    (own,) = ana.get("/api/queues/").json
    assert (own["position"], own["ahead_count"], own["wait_minutes"]) == (None, None, None)
    address = f"/api/companies/admin/companies/{company}"
    moved = organiser.post(f"{address}/reorder_queue/", {"queue_ids": [joined["id"]]})
    assert refused(moved) == (400, "not_drawn_yet")
    organiser.put(f"{FAIR}phase/", {"phase": "open"})
    (own,) = ana.get("/api/queues/").json
    assert (own["position"], own["ahead_count"]) == (1, 0)
