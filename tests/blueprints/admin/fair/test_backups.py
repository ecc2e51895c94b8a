"""The whole fair as a file, and back; or away: on a page, and on both databases."""

import gzip
import io
from datetime import date, time

import pytest
from sqlalchemy import select, update

from jobfair.db.transactions import current_phase
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Company, Fair, JournalRow, Student, User
from jobfair.ops import backups, retention_job, uploaded_backups
from jobfair.queries.fair import fair_identity
from jobfair.services.companies import companies, logos
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.factories import Person

PAGE = "/admin/fair/backups"
SAID = {
    "name": "Forum des métiers",
    "starts_on": date(2126, 11, 26),
    "opens": time(9, 30),
    "closes": time(18),
    "colour": "#1b4aa0",
    "colour_dark": "#a4c2ff",
    "welcome": "Entrez",
}
MEANT = {"typed_name": "forum des metiers", "although_open": "1"}


@pytest.fixture
def app(app_on_both_databases, tmp_path, monkeypatch):
    monkeypatch.setattr(app_on_both_databases, "instance_path", str(tmp_path))
    return app_on_both_databases


@pytest.fixture
def floor(organiser):
    """A fair with its name, hours, colours and logo, a stand, and somebody in an interview."""
    techcorp = factories.company("TechCorp", stand="A1")
    logos.set_logo(actors.SYSTEM, techcorp, factories.LOGO)
    factories.interview(factories.student("Alice", "Secretan"), techcorp)
    assert fair.set_details(actors.SYSTEM, SAID) is None
    fair.set_logo(actors.SYSTEM, factories.LOGO)
    return techcorp


def taken(organiser):
    answer = organiser.post(f"{PAGE}/download")
    assert answer.status_code == 200, answer.text
    return answer


def sent(organiser, data):
    return organiser.post(f"{PAGE}/restore", backup=(io.BytesIO(data), "fair.jsonl.gz"))


def previewed(organiser, data):
    """The address of an uploaded backup's preview."""
    answer = sent(organiser, data)
    assert answer.status_code == 303, answer.text
    return answer.location


def names():
    with db.engine.connect() as connection:
        return {
            model.__tablename__: set(connection.execute(select(column)).scalars())
            for model, column in ((Company, Company.name), (Student, Student.last_name))
        }


def recorded(kind):
    """By whom the events of a kind were, as the journal has it."""
    query = select(JournalRow.actor, JournalRow.actor_id).where(JournalRow.kind == kind)
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def me():
    with db.engine.connect() as connection:
        return connection.execute(select(User.id).where(User.role == "admin")).scalar_one()


def left():
    """The files that stay of those that were uploaded."""
    return uploaded_backups._kept()


def test_what_is_downloaded_comes_back_with_the_fairs_own_page(organiser, floor):
    answer = taken(organiser)
    assert "forum-des-metiers-" in answer.headers["Content-Disposition"]
    assert recorded("backup_taken") == [("admin", me())]
    identity = fair_identity.current()
    companies.delete(actors.SYSTEM, floor)
    said = {"name": "Another", "colour": None, "opens": None}
    assert fair.set_details(actors.SYSTEM, said) is None
    fair.set_logo(actors.SYSTEM, None)

    preview = previewed(organiser, answer.data)
    page = organiser.get(preview).text
    assert "Forum des métiers" in page
    assert "It holds 1 company, 1 student, 1 place in a queue." in page
    assert "It takes the place of 0 companies, 1 student, 0 places in queues." in page
    assert "The fair is open in it" in page
    assert "You stay signed in." in page
    assert names()["companies"] == set()

    done = organiser.follow(organiser.post(preview, typed_name="another", although_open="1"))
    assert "The fair is as it was on" in done.text
    assert fair_identity.current() == identity
    assert names() == {"companies": {"TechCorp"}, "students": {"Secretan"}}
    assert recorded("fair_restored") == [("admin", me())]
    # What it replaced is kept; what was uploaded is not.
    (kept,) = backups.written_in(backups.default_folder())
    assert backups.check(kept).fair["name"] == "Another"
    assert left() == []


def test_without_the_name_and_a_second_word_while_it_is_open_nothing_changes(organiser, floor):
    preview = previewed(organiser, taken(organiser).data)
    for address in (preview, f"{PAGE}/removal"):
        for form, said in (
            ({**MEANT, "typed_name": "Forum"}, "Type the name as it stands above"),
            ({**MEANT, "typed_name": ""}, "Type the name as it stands above"),
            ({"typed_name": "Forum des métiers"}, "The fair is open: close it first"),
        ):
            answer = organiser.post(address, **form)
            assert (answer.status_code, said in answer.text) == (400, True), (address, form)
    assert names() == {"companies": {"TechCorp"}, "students": {"Secretan"}}
    assert recorded("fair_restored") == recorded("fair_purged") == []


def test_a_closed_fair_asks_for_its_name_alone(organiser, floor):
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    assert "although_open" not in organiser.get(f"{PAGE}/removal").text
    assert organiser.post(f"{PAGE}/removal", typed_name=SAID["name"]).status_code == 303


def test_somebody_who_is_not_in_it_is_told_and_signed_out(app, organiser, floor):
    taken_before = taken(organiser).data
    with db.engine.begin() as connection:
        connection.execute(update(User).where(User.id == me()).values(email="other@example.org"))
    preview = previewed(organiser, taken_before)
    page = organiser.get(preview).text
    assert "You are signed out and cannot come back: your account is not in it." in page
    assert organiser.post(preview, **MEANT).status_code == 303
    assert recorded("fair_restored") == [("system", None)]


def test_whose_sign_in_came_after_it_signs_in_with_the_password_of_then(client, organiser, floor):
    data = taken(organiser).data
    later = Person(me(), "admin@example.org", None).sign_in(client)
    organiser._headers["X-CSRF-Token"] = csrf.token(later.sign_in_id)
    preview = previewed(organiser, data)
    assert "sign in with the password that you had then" in organiser.get(preview).text
    answer = organiser.post(preview, **MEANT)
    assert answer.status_code == 303
    assert recorded("fair_restored") == [("admin", me())]
    assert organiser.get(answer.location).location.startswith("/login")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "ends too early"),
        (b"a letter", "no backup"),
        (gzip.compress(b'{"jobfair": 2}\n'), "ends too early"),
        (gzip.compress(b"[" * 2_000_000), "no backup"),
        (gzip.compress(b'{"a": 1}\n{"hmac-sha256": "0"}\n'), "no backup"),
    ],
    ids=["empty", "a letter", "without its seal", "one long line", "something else"],
)
def test_what_is_no_backup_is_refused_in_words_and_not_kept(organiser, floor, data, said):
    answer = sent(organiser, data)
    assert answer.status_code == 400
    assert said in answer.text
    assert left() == []


def test_one_sealed_with_another_key_is_refused(app, organiser, floor, monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(app.config, "SECRET_KEY", "that of another server, long enough")
        path = backups.new_path()
        backups.save(path)
    answer = sent(organiser, path.read_bytes())
    assert answer.status_code == 400
    assert "another secret key" in answer.text
    assert left() == []


def test_one_that_is_altered_on_the_way_is_refused(organiser, floor):
    data = gzip.decompress(taken(organiser).data)
    answer = sent(organiser, gzip.compress(data.replace(b"Secretan", b"Somebody")))
    assert answer.status_code == 400
    assert "The seal of this backup does not fit" in answer.text


def test_without_a_file_it_is_asked_for(organiser, floor):
    assert "Choose a backup first" in organiser.post(f"{PAGE}/restore").text
    gone = organiser.post(f"{PAGE}/restore/{'0' * 32}", **MEANT)
    assert (gone.status_code, "Choose a backup first" in gone.text) == (400, True)


def test_it_may_be_larger_than_any_other_form_and_not_of_any_size(
    app, organiser, floor, monkeypatch
):
    # Small, as the test's client leaves the file of a large one open.
    data = taken(organiser).data + bytes(200_000)
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    assert sent(organiser, data).status_code == 303
    monkeypatch.setattr("jobfair.blueprints.admin.fair.backups.LARGEST_FILE", 50_000)
    answer = sent(organiser, data)
    assert (answer.status_code, "larger than 128 MB" in answer.text) == (413, True)


def test_of_nobody_else_so_much_is_read(app, organiser, floor, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    client = app.test_client()
    sign_in = factories.member("desk").sign_in(client)
    # Its token is in the form, which has to be read for it.
    form = {
        csrf.FIELD: csrf.token(sign_in.sign_in_id),
        "backup": (io.BytesIO(bytes(200_000)), "fair.jsonl.gz"),
    }
    answer = client.post(f"{PAGE}/restore", data=form)
    assert (answer.status_code, answer.location) == (303, "/")


def test_what_nobody_restores_is_removed_after_an_hour(organiser, floor, monkeypatch):
    previewed(organiser, taken(organiser).data)
    retention_job.look()
    assert len(left()) == 1
    monkeypatch.setattr(uploaded_backups, "KEPT_SECONDS", -1)
    retention_job.look()
    assert left() == []


def test_removal_says_what_goes_and_the_next_fair_is_in_preparation(organiser, floor):
    backups.save(backups.new_path())
    page = organiser.get(f"{PAGE}/removal").text
    assert "1 student, their accounts, 1 place in a queue" in page
    assert str(backups.default_folder()) in page
    assert "The 1 company goes too" in page
    done = organiser.follow(organiser.post(f"{PAGE}/removal", **MEANT))
    assert "1 student is removed" in done.text
    assert current_phase() is Phase.PREPARING
    assert names() == {"companies": {"TechCorp"}, "students": set()}
    assert recorded("fair_purged") == [("admin", me())]


def test_the_companies_go_too_where_that_is_ticked(organiser, floor):
    organiser.post(f"{PAGE}/removal", companies_too="1", **MEANT)
    assert names() == {"companies": set(), "students": set()}
    with db.engine.connect() as connection:
        assert connection.execute(select(Fair.name)).scalar() == SAID["name"]
