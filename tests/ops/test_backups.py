"""A backup holds one moment of a fair in motion; what is restored is that moment, and goes on."""

import gzip
import json
import re
import stat
import tracemalloc
import zlib
from dataclasses import replace
from datetime import date, time
from threading import Event, Thread

import pytest
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import select

from jobfair import create_app
from jobfair.domain.events import restore as event_of
from jobfair.domain.evolve import evolve
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Hall, StudentStatus
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.models import Fair, JournalRow
from jobfair.ops import backup_file, backups
from jobfair.ops.backup_file import Unreadable
from jobfair.ops.backups import SKIPPED, Occupied
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.access import sign_ins
from jobfair.services.companies import companies, logos, notes
from jobfair.services.fair import fair, hall_maps
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.idempotency_keys import IdempotentRequest
from tests.conftest import settings
from tests.support import factories, real_servers
from tests.support.chance import for_thread, seeded
from tests.support.replaying import stored


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backups" / "fair.jsonl.gz"


@pytest.fixture
def elsewhere(app, request, tmp_path):
    """An application on a new database of the other kind."""
    if db.engine.dialect.name == "sqlite":
        url = request.getfixturevalue("new_postgresql")
    else:
        url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    other = create_app(settings(url))
    with other.app_context():
        upgrade()
    yield other
    with other.app_context():
        db.engine.dispose()


@pytest.fixture
def new_postgresql(postgresql_url):
    with real_servers.database(postgresql_url) as url:
        yield url


class Floor:
    """Three stands and some students, in and out of interviews, deleted, aside, signed in."""

    def __init__(self):
        self.companies = [factories.company(name, stand=name[0]) for name in ("Aé", "B", "C")]
        self.gone = factories.company("Gone")
        companies.delete(actors.SYSTEM, self.gone)
        self.people = [factories.student(f"S{number}", "Ünal") for number in range(8)]
        for person in self.people[:4]:
            for company_id in self.companies:
                factories.entry(person, company_id)
        first = self.people[0].student_id
        started = places.dashboard(first).turns[0]
        interviews.start(actors.student(first), started.id)
        notes.write(
            actors.company(started.company.id), started.id, {"text": "Très bien\nà rappeler"}
        )
        self.sign_in = sign_ins.open_for(self.people[0].user_id, "phone").sign_in_id
        presence.change_status(self.people[3].actor, StudentStatus.PAUSED)
        students.delete(actors.SYSTEM, self.people.pop().student_id, "S7")
        # Files, a day and an hour: what JSON has no value for.
        logos.set_logo(actors.SYSTEM, self.companies[0], factories.LOGO)
        hall_maps.set_map(actors.SYSTEM, "", factories.HALL_MAP)
        fair.set_logo(actors.SYSTEM, factories.LOGO)
        fair.set_details(actors.SYSTEM, {"starts_on": date(2126, 11, 26), "opens": time(9, 30)})


@pytest.fixture
def floor(make_once):
    return make_once(Floor)


def tables():
    """Every row of every table by its primary key, and the fair's revision apart from them."""
    with db.engine.connect() as connection:
        rows = {
            table.name: {
                tuple(row._mapping[key] for key in table.primary_key.columns): dict(row._mapping)
                for row in connection.execute(select(table))
            }
            for table in db.metadata.sorted_tables
        }
    revision = rows["fairs"][1,].pop("revision")
    return rows, revision


def but_marks(rows):
    """The rows without what tells the screens that the fair was restored."""
    companies = {
        key: {name: value for name, value in row.items() if name != "revision"}
        for key, row in rows["companies"].items()
    }
    journal = {k: row for k, row in rows["journal"].items() if row["kind"] != "fair_restored"}
    return {**rows, "companies": companies, "journal": journal}


def check_story():
    """The journal tells the tables' own state, whatever numbers were left out."""
    with db.engine.connect() as connection:
        hall = Hall()
        for row in connection.execute(select(JournalRow.__table__).order_by(JournalRow.number)):
            assert row.number > hall.number
            hall.number = row.number
            evolve(hall, event_of(row.kind, row.data), row.number, row.at)
        assert hall == stored(connection)


def go_on(company_ids):
    """Somebody new joins, starts and is done."""
    eve = factories.student("Eve")
    third = factories.company("Third")
    interview = factories.interview(eve, third)
    assert not isinstance(interviews.complete(actors.company(third), interview), Refusal)
    assert not isinstance(queues.join(eve.actor, company_ids[0]), Refusal)
    check_story()
    return eve, third, interview


# There and back


def test_everything_comes_back_on_the_other_database(floor, path, elsewhere):
    saved, revision = tables()
    backups.save(path)
    with elsewhere.app_context():
        backups.restore(path)
        rows, number = tables()
        assert but_marks(rows) == but_marks(saved)
        assert number == revision + SKIPPED + 1
        assert rows["journal"][number,]["kind"] == "fair_restored"
        assert {row["revision"] for row in rows["companies"].values()} == {number}
        check_story()
        go_on(floor.companies)


def test_everything_comes_back_over_what_came_after(floor, path):
    saved, _ = tables()
    backups.save(path)
    go_on(floor.companies)
    companies.delete(actors.SYSTEM, floor.companies[1])
    with pytest.raises(Occupied):
        backups.restore(path)
    assert but_marks(tables()[0]) != but_marks(saved)
    backups.restore(path, replace=True)
    assert but_marks(tables()[0]) == but_marks(saved)
    go_on(floor.companies)


def test_what_it_says_it_holds(floor, path):
    backups.save(path)
    rows, _ = tables()
    counts = {name: len(of_table) for name, of_table in rows.items() if of_table}
    found = backups.check(path)
    assert {name: count for name, count in found.rows.items() if count} == counts
    assert backups.row_counts() == {name: n for name, n in counts.items() if name != "fairs"}


def test_what_was_sent_to_the_lost_fair_is_no_part_of_it(floor, path):
    """Their keys are not saved, and do not keep anybody from doing it again after a restore."""
    backups.save(path)
    before = backups.row_counts()
    for _ in range(2):
        request = IdempotentRequest("sign-in 1", "key", "digest")
        actor = replace(floor.people[5].actor, request=request)
        assert not isinstance(queues.join(actor, floor.companies[0]), Refusal)
        backups.restore(path, replace=True)
    assert backups.row_counts().keys() == before.keys()
    assert "request_keys" not in backups.check(path).rows


def test_no_number_or_id_is_given_out_twice(floor, path, elsewhere):
    """The fair went on after the backup and was lost; phones remember what it gave out."""
    backups.save(path)
    lost = go_on(floor.companies)
    lost_sign_in = sign_ins.open_for(lost[0].user_id, "phone").sign_in_id
    with elsewhere.app_context():
        backups.restore(path)
        again = go_on(floor.companies)
        eve, third, interview = again
        assert eve.user_id > lost[0].user_id
        assert eve.student_id > lost[0].student_id
        assert third > lost[1]
        assert interview > lost[2]
        assert sign_ins.open_for(eve.user_id, "phone").sign_in_id > lost_sign_in
        assert sign_ins.session(floor.sign_in).user_id == floor.people[0].user_id


def test_restored_over_another_fair_the_numbers_go_on_from_the_higher(floor, path):
    backups.save(path)
    with db.engine.begin() as connection:
        connection.execute(Fair.__table__.update().values(revision=SKIPPED * 2))
    backups.restore(path, replace=True)
    assert tables()[1] == SKIPPED * 2 + 1


# In motion


def test_a_backup_is_of_one_moment_and_a_restore_all_at_once(app, floor, path):
    """While people join, start, finish and leave."""
    with PeopleActing(app, floor) as acting:
        for number in range(4):
            acting.wait_for(25)
            backups.save(path.with_name(str(number)))
        acting.wait_for(25)
        backups.restore(path.with_name("1"), replace=True)
        acting.wait_for(25)
    assert acting.failures == []
    check_story()
    for number in range(4):
        backups.restore(path.with_name(str(number)), replace=True)
        check_story()


class PeopleActing:
    """A few threads in which students and stands do what they may."""

    def __init__(self, app, floor):
        self._app = app
        self._floor = floor
        self._chance = seeded(0)
        self._over = Event()
        self._done = 0
        self.failures = []

    def __enter__(self):
        chances = [for_thread(self._chance) for _ in range(3)]
        self._threads = [Thread(target=self._act, args=(chance,)) for chance in chances]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, acts):
        until = self._done + acts
        while self._done < until and not self.failures:
            self._over.wait(0.01)

    def _act(self, chance):
        with self._app.app_context():
            while not self._over.is_set() and not self.failures:
                try:
                    self._one(chance)
                except NotFound:
                    pass  # The entry was of after the backup.
                except Exception as failure:  # noqa: BLE001
                    self.failures.append(failure)
                self._done += 1

    def _one(self, chance):
        student_id = chance.choice(self._floor.people).student_id
        company_id = chance.choice(self._floor.companies)
        running = stands.stand(company_id).in_interview
        page = places.dashboard(student_id)
        if running and chance.random() < 0.3:
            interviews.complete(actors.company(company_id), running[0].id)
        elif page.student.status is StudentStatus.PAUSED:
            presence.change_status(actors.student(student_id), StudentStatus.AVAILABLE)
        elif page.turns and chance.random() < 0.6:
            interviews.start(actors.student(student_id), page.turns[0].id)
        elif page.waiting and chance.random() < 0.4:
            queues.leave(actors.student(student_id), page.waiting[0].id)
        else:
            queues.join(actors.student(student_id), company_id)


# What is refused, and changes nothing


def altered(path, old, new):
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(old, new, 1)))


def cut(share):
    def damage(path):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])

    return damage


def flipped(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def without_its_last_line(path):
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(gzip.compress(b"".join(lines[:-1])))


def of_another_schema(path):
    values = list(backup_file.read(path))
    values[0]["schema"] = "0000"
    with path.open("wb") as file:
        backup_file.write(file, values)


DAMAGES = {
    "cut short": (cut(0.9), "ends too early"),
    "cut to almost nothing": (cut(0.01), "ends too early"),
    "empty": (cut(0), "ends too early"),
    "a byte changed": (flipped, "damaged|altered|too early"),
    "a name changed": (lambda path: altered(path, "Ünal".encode(), b"Smith"), "altered"),
    "more at the end": (
        lambda path: path.write_bytes(path.read_bytes() + gzip.compress(b"[1]\n")),
        "altered",
    ),
    "without its end": (without_its_last_line, "ends too early"),
    "of another schema": (of_another_schema, "schema 0000"),
    "not compressed": (lambda path: path.write_text("[]"), "no backup"),
    "something else": (
        lambda path: path.write_bytes(gzip.compress(json.dumps({"a": 1}).encode())),
        "no backup",
    ),
}


def with_line(change):
    """A backup whose seal fits and whose lines do not: `change` gets its values."""

    def damage(path):
        values = list(backup_file.read(path))
        change(values)
        with path.open("wb") as file:
            backup_file.write(file, values)

    return damage


def rows_of(values, table):
    start = next(
        i for i, each in enumerate(values) if isinstance(each, dict) and each.get("table") == table
    )
    return start, values[start]["columns"]


def set_in(table, column, value):
    def change(values):
        start, columns = rows_of(values, table)
        values[start + 1][columns.index(column)] = value

    return with_line(change)


def in_users(change):
    """`change` gets the columns of the accounts and the first of them."""

    def change_all(values):
        start, columns = rows_of(values, "users")
        change(columns, values[start + 1])

    return with_line(change_all)


NO_ROW = "no row of a fair"
DAMAGES |= {
    "no time": (with_line(lambda values: values[0].pop("at")), NO_ROW),
    "a time that is none": (with_line(lambda values: values[0].update(at=7)), NO_ROW),
    "no numbers": (with_line(lambda values: values[0].pop("given_out")), NO_ROW),
    "a number of no table": (with_line(lambda values: values[0]["given_out"].update(x=1)), NO_ROW),
    "another table": (with_line(lambda values: values[1].update(table="sqlite_master")), NO_ROW),
    "no columns": (with_line(lambda values: values[1].pop("columns")), NO_ROW),
    "a column too few": (in_users(lambda _columns, row: row.pop()), NO_ROW),
    "another column": (in_users(lambda columns, _row: columns.__setitem__(0, "x")), NO_ROW),
    "a row that is none": (with_line(lambda values: values.__setitem__(2, 7)), NO_ROW),
    "a row that refers to none": (set_in("students", "user_id", 999), NO_ROW),
    "an object for a name": (set_in("students", "first_name", {"x": 1}), NO_ROW),
    "a word for a time": (set_in("users", "created_at", "noon"), NO_ROW),
    "a role that is none": (set_in("users", "role", "queen"), NO_ROW),
}


def sealed_with(secret):
    """As somebody who has the backups but not the secret key would seal one."""

    def damage(path):
        values = list(backup_file.read(path))
        start, columns = rows_of(values, "users")
        planted = dict(zip(columns, values[start + 1], strict=True))
        planted |= {"id": 666, "email": "mallory@example.org", "role": "admin"}
        values.insert(start + 1, list(planted.values()))
        mine = current_app.config["SECRET_KEY"]
        current_app.config["SECRET_KEY"] = secret
        with path.open("wb") as file:
            backup_file.write(file, values)
        current_app.config["SECRET_KEY"] = mine

    return damage


DAMAGES |= {
    "a planted organiser, sealed with another key": (sealed_with("x" * 40), "another JOBFAIR_SEC"),
    "a planted organiser, sealed with none": (sealed_with(""), "another JOBFAIR_SEC"),
}


def test_a_line_without_end_is_refused_in_bounded_memory(app, path):
    path.parent.mkdir()
    for begins in (b'{"jobfair": 2, "x": "', b"[1]\n[" + b"[" * 50_000):
        with gzip.open(path, "wb", 1) as file:
            file.write(begins)
            for _ in range(64):
                file.write(b"a" * 1024**2)
        tracemalloc.start()
        with pytest.raises(Unreadable, match=r"no backup"):
            backups.check(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 16 * 1024**2


@pytest.mark.parametrize("name", DAMAGES)
def test_a_file_that_is_not_whole_changes_nothing(floor, path, name):
    damage, why = DAMAGES[name]
    backups.save(path)
    damage(path)
    before = tables()
    with pytest.raises(Unreadable) as refused:
        backups.restore(path, replace=True)
    assert re.search(why, str(refused.value))
    assert str(path) in str(refused.value)
    assert tables() == before


def test_whichever_byte_is_damaged_the_file_is_said_to_be(floor, path):
    """A bit that turns in the middle may leave lines that are read, and name no column."""
    backups.save(path)
    whole = path.read_bytes()
    for place in range(10, len(whole), max(1, len(whole) // 400)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        if not _reads_as_before(damaged, whole):
            with pytest.raises(Unreadable):
                backups.check(path)


def _reads_as_before(damaged, whole):
    """The last bits before the checksum may be there to fill a byte, and say nothing."""
    try:
        return gzip.decompress(damaged) == gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return False


def test_a_file_that_changes_while_it_is_restored_changes_nothing(floor, path, monkeypatch):
    """The second reading is the one that counts."""
    backups.save(path)
    before, good = tables(), backups.check(path)
    altered(path, "Ünal".encode(), b"Smith")
    monkeypatch.setattr(backups, "check", lambda path: good)
    with pytest.raises(Unreadable):
        backups.restore(path, replace=True)
    assert tables() == before


# The file


def test_only_its_owner_may_read_it(floor, path):
    backups.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_one_that_fails_leaves_the_one_before(floor, path, monkeypatch):
    backups.save(path)
    before = path.read_bytes()

    def fail(connection):
        yield {"jobfair": 1}
        raise OSError("no space left")

    monkeypatch.setattr(backups, "_saved", fail)
    with pytest.raises(OSError, match="no space left"):
        backups.save(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
