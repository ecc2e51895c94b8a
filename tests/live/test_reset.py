"""After a restore or a purge every screen looks again, and somebody who is gone is let go."""

import pytest

from jobfair.ops import backups, purge
from tests.support import factories

RESYNC = {"company_id": None, "action": "resync"}


@pytest.fixture
def saved(app, tmp_path, monkeypatch):
    """A backup of a fair with Alice and a stand."""
    monkeypatch.setattr(backups, "_schema", lambda connection: "as created")
    alice, techcorp = factories.student(), factories.company()
    path = tmp_path / "fair.gz"
    backups.save(path)
    return alice, techcorp, path


def updates(events):
    return [event.data for event in events if event.name == "queue_update"]


def test_who_listens_is_told_to_look_again(listen, saved):
    _, techcorp, path = saved
    stand = listen(f"/api/company/{factories.token(techcorp)}/events/")
    stand.until("heartbeat")
    backups.restore(path, replace=True)
    assert updates(stand.until("queue_update")) == [RESYNC]


def test_whose_sign_in_came_after_the_backup_hears_no_more(listen, saved):
    alice, _, path = saved
    stream = listen("/api/events/", alice)
    stream.until("heartbeat")
    backups.restore(path, replace=True)
    assert {event.name for event in iter(stream.next, None)} <= {"heartbeat"}


def test_who_comes_back_with_an_id_of_the_lost_fair_is_told_too(listen, saved):
    alice, techcorp, path = saved
    factories.entry(alice, techcorp)
    last_id = listen("/api/events/", alice).until("heartbeat")[-1].id
    backups.restore(path, replace=True)
    again = listen("/api/events/", alice, **{"Last-Event-ID": last_id})
    assert updates(again.until("heartbeat")) == [RESYNC]


def test_whom_a_purge_removed_hears_no_more(listen, saved):
    alice, techcorp, _ = saved
    stream = listen("/live/dashboard", alice)
    stand = listen(f"/api/company/{factories.token(techcorp)}/events/")
    stream.until("heartbeat")
    stand.until("heartbeat")
    purge.purge(everything=False)
    assert {event.name for event in iter(stream.next, None)} <= {"heartbeat"}
    assert updates(stand.until("queue_update")) == [RESYNC]
