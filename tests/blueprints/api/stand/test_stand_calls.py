"""What else a stand does through JSON: its queue's door, starting, messages, profile, figures."""

import pytest

from jobfair.domain.state import Phase
from jobfair.queries.stand import stands
from jobfair.services.companies import own_profiles
from jobfair.services.fair import fair, messages
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from tests.support import factories, pictures
from tests.support.programs import Program, refused, wrong_fields


@pytest.fixture
def stand(techcorp):
    return f"/api/company/{factories.token(techcorp)}/"


@pytest.fixture
def anyone(client):
    return Program(client)


@pytest.fixture
def preparing(app):
    fair.set_phase(actors.SYSTEM, Phase.PREPARING)


def test_the_queue_is_closed_and_opened_again(anyone, stand, techcorp):
    closed = anyone.patch(f"{stand}queue/", {"open": False}).json
    assert closed["queue_open"] is False
    assert closed["message"]
    assert not stands.company_by_id(techcorp).queue_open
    assert (
        anyone.get(f"/api/companies/{factories.token(techcorp)}/").json["company"]["queue_open"]
        is False
    )
    assert anyone.patch(f"{stand}queue/", {"open": True}).json["queue_open"] is True
    assert wrong_fields(anyone.patch(f"{stand}queue/", {"open": "yes"})) == {"open"}


def test_who_has_no_phone_is_started_in_turn_or_out_of_it(anyone, stand, alice, bob, techcorp):
    first, second = factories.entry(alice, techcorp), factories.entry(bob, techcorp)
    assert refused(anyone.post(f"{stand}queues/{second}/start/", {}))[0] == 400
    answer = anyone.post(f"{stand}queues/{second}/start/", {"out_of_turn": True})
    assert answer.status_code == 200
    assert [row.id for row in stands.stand(techcorp).in_interview] == [second]
    assert refused(anyone.post(f"{stand}queues/{first}/start/", {})) == (400, "no_free_slot")


def test_another_stands_entry_is_not_started(anyone, stand, alice):
    foreign = factories.entry(alice, factories.company("Elsewhere"))
    assert refused(anyone.post(f"{stand}queues/{foreign}/start/", {})) == (404, "not_found")


def test_messages_to_everyone_stand_until_they_are_put_away(anyone, stand):
    messages.to_everyone(actors.SYSTEM, "The buffet is open")
    (said,) = anyone.get(f"{stand}messages/").json
    assert said["text"] == "The buffet is open"
    assert anyone.post(f"{stand}messages/put_away/", {"number": said["id"]}).status_code == 204
    assert anyone.get(f"{stand}messages/").json == []


def test_a_company_writes_its_own_profile_while_it_may(anyone, stand, preparing):
    assert anyone.get(f"{stand}profile/").json["may_be_changed"] is False
    refused_now = anyone.patch(f"{stand}profile/", {"description": "Chips"})
    assert refused(refused_now) == (400, "profile_closed")
    own_profiles.set_editing(actors.SYSTEM, True)
    written = anyone.patch(f"{stand}profile/", {"description": "Chips", "sectors": ["Data"]}).json
    assert (written["description"], written["sectors"]) == ("Chips", ["Data"])
    assert written["may_be_changed"] is True
    assert anyone.get(f"{stand}profile/").json == written
    assert wrong_fields(anyone.patch(f"{stand}profile/", {"hall": "Nord"})) == {"hall"}


def test_a_company_gives_its_own_logo_while_it_may(anyone, stand, preparing):
    picture = {"data": pictures.png(), "content_type": "image/png"}
    assert refused(anyone.call("PUT", f"{stand}profile/logo/", **picture)) == (
        400,
        "profile_closed",
    )
    own_profiles.set_editing(actors.SYSTEM, True)
    logo = anyone.call("PUT", f"{stand}profile/logo/", **picture).json["logo"]
    assert logo["small"].startswith("http://localhost/logos/")
    broken = anyone.call("PUT", f"{stand}profile/logo/", data=b"GIF", content_type="image/png")
    assert refused(broken)[0] == 400


def test_the_figures_are_of_this_stand(anyone, stand, alice, techcorp, time):
    assert anyone.get(f"{stand}figures/").json["hours"] == []
    time.pass_(minutes=5)
    entry_id = factories.interview(alice, techcorp)
    time.pass_(minutes=10)
    interviews.complete(actors.company(techcorp), entry_id)
    shown = anyone.get(f"{stand}figures/").json
    assert (shown["figures"]["done"], shown["figures"]["mean_length"]) == (1, 600)
    assert shown["figures"]["completion_rate"] == 1
    assert [hour["began"] for hour in shown["hours"]] == [1]
    assert shown["told_waits"]["share_kept"] is None


def test_who_is_skipped_is_marked_and_an_end_can_be_taken_back(anyone, stand, alice, bob, techcorp):
    dashboard = f"/api/companies/{factories.token(techcorp)}/"
    aside, away = factories.entry(alice, techcorp), factories.entry(bob, techcorp)
    queues.absent(actors.company(techcorp), aside)
    presence.change_status(bob.actor, "paused")
    shown = anyone.get(dashboard).json
    marked = {row["id"]: (row["set_aside"], row["greyed"]) for row in shown["waiting"]}
    assert marked == {aside: (True, False), away: (False, True)}
    assert shown["undo_until"] is None
    interviews.complete(
        actors.company(techcorp), factories.interview(factories.student("Chloé"), techcorp)
    )
    assert anyone.get(dashboard).json["undo_until"].endswith("Z")
