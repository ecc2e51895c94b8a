"""The last import taken back: what nobody has touched goes or is as before, the rest is named."""

import pytest
from sqlalchemy import select

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase, StudentStatus
from jobfair.extensions import db
from jobfair.fields.companies.companies import IN_LISTS, NewCompany
from jobfair.imports import comparing, importing, undoing
from jobfair.imports.comparing import ListedStudent
from jobfair.models import Company, SchoolAccount, Student, User
from jobfair.queries.admin import roster
from jobfair.services.access import accounts, addresses, invitations, pins, sign_ins
from jobfair.services.companies import companies, logos
from jobfair.services.fair import fair, hall_maps, messages
from jobfair.services.queues import overrides
from jobfair.services.students import favourites, introductions, students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

ADMIN = actors.admin(1)
ANA, BO = (ListedStudent(name, "Lima", f"{name}@example.org".lower()) for name in ("Ana", "Bo"))
STANDS = [NewCompany("Acme", "A 1"), NewCompany("Globex")]


@pytest.fixture
def app(app_on_both_databases):
    return app_on_both_databases


def take_in(cards=(ANA, BO), given=None, named=None):
    """Import a list of students, or of companies; returns the number of the import."""
    kind = "students" if isinstance(cards[0], ListedStudent) else "companies"
    promise = getattr(comparing, f"compare_{kind}")(cards, given, named).promise
    done = getattr(importing, f"import_{kind}")(ADMIN, cards, promise, given, named)
    assert not isinstance(done, Refusal)
    return undoing.last(kind).number


def student_id(card):
    query = select(Student.id).join(User).where(User.email == card.email)
    with db.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def user_id(card):
    with db.engine.connect() as connection:
        return connection.execute(select(User.id).where(User.email == card.email)).scalar_one()


def company_id(name):
    return next(each.company.id for each in roster.companies() if each.company.name == name)


def first_names():
    return {each.first_name for each in roster.students()}


def stands():
    return {each.company.name for each in roster.companies()}


def test_those_who_were_added_are_gone(app):
    factories.student("Zoé")
    number = take_in()
    found = undoing.last("students")
    assert (found.done.added, set(found.reversal.removed.values())) == (2, {"Ana Lima", "Bo Lima"})
    done = undoing.undo(ADMIN, "students", number)
    assert (done.removed, done.restored, done.left) == (2, 0, ())
    assert first_names() == {"Zoé"}
    number = take_in(STANDS)
    assert undoing.undo(ADMIN, "companies", number).removed == 2
    assert not stands()


def test_nothing_was_imported_and_nothing_is_taken_back(app):
    assert undoing.last("students") is None
    assert undoing.undo(ADMIN, "students", 0) == Refusal("import_not_last")


def test_an_import_is_taken_back_once_and_the_last_alone(app):
    first, second = take_in([ANA]), take_in([BO])
    assert undoing.undo(ADMIN, "students", first) == Refusal("import_not_last")
    assert undoing.undo(ADMIN, "companies", second) == Refusal("import_not_last")
    undoing.undo(ADMIN, "students", second)
    assert undoing.undo(ADMIN, "students", second) == Refusal("import_not_last")
    assert undoing.undo(ADMIN, "students", first) == Refusal("import_not_last")
    assert undoing.last("students").undone.removed == 1
    assert first_names() == {"Ana"}


def test_a_list_of_companies_is_not_overtaken_by_one_of_students(app):
    number = take_in(STANDS)
    take_in()
    assert undoing.undo(ADMIN, "companies", number).removed == 2


USED = {
    "a password": lambda: accounts.set_password(ADMIN, user_id(ANA), PASSWORD),
    "a link used": lambda: accounts.accept_invitation(
        invitations.invite(ADMIN, [student_id(ANA)])[student_id(ANA)], PASSWORD
    ),
    "a sign-in": lambda: sign_ins.open_for(user_id(ANA), "a phone"),
    "the school's account": lambda: _by_school(user_id(ANA)),
    "a place in a queue": lambda: overrides.add_entry(
        ADMIN, student_id(ANA), factories.company("TechCorp")
    ),
    "another name": lambda: students.edit(ADMIN, student_id(ANA), {"first_name": "Anna"}),
    "a status": lambda: students.force_status(ADMIN, student_id(ANA), StudentStatus.PAUSED),
    "an introduction": lambda: introductions.change(
        actors.student(student_id(ANA)), {"studies": "Botany"}
    ),
    "a message": lambda: messages.to_student(ADMIN, student_id(ANA), "Hello"),
    "an address proved": lambda: (
        accounts.edit_student(ADMIN, student_id(ANA), {"email": "a@example.org"}),
        addresses.confirm_for(ADMIN, roster.students()[0].id),
    ),
}


def _by_school(user):
    with db.engine.begin() as connection:
        row = {"issuer": "https://idp", "subject": "ana", "user_id": user}
        at = connection.execute(select(User.created_at).where(User.id == user)).scalar_one()
        connection.execute(SchoolAccount.__table__.insert().values(linked_at=at, **row))


@pytest.mark.parametrize("use", USED.values(), ids=USED)
def test_a_student_with_whom_something_was_done_stays(app, use):
    number = take_in()
    ana = student_id(ANA)
    use()
    used = undoing.last("students").reversal.used
    assert list(used) == [ana]
    done = undoing.undo(ADMIN, "students", number)
    assert (done.removed, done.left) == (1, (ana,))
    assert [each.id for each in roster.students()] == [ana]
    assert undoing.last("students").left == tuple(used.values())


def test_a_link_that_nobody_used_goes_with_its_student(app):
    number = take_in()
    invitations.invite(ADMIN, [student_id(ANA), student_id(BO)])
    assert undoing.undo(ADMIN, "students", number).removed == 2


def test_what_was_done_with_the_fair_was_not_done_with_them(app):
    number = take_in()
    fair.set_phase(ADMIN, Phase.CLOSED)
    messages.to_everyone(ADMIN, "Goodbye")
    assert undoing.undo(ADMIN, "students", number).removed == 2


VISITED = {
    "a queue": lambda acme: factories.entry(factories.student("Zoé"), acme),
    "a star": lambda acme: favourites.star(factories.student("Zoé").actor, acme),
    "its screen": lambda acme: companies.give_letter(ADMIN, factories.token(acme)),
    "a PIN": lambda acme: pins.set_pin(ADMIN, acme, "4711"),
    "a logo": lambda acme: logos.set_logo(ADMIN, acme, factories.LOGO),
    "another stand": lambda acme: companies.edit(ADMIN, acme, {"stand": "Z 9"}),
    "a place on the map": lambda acme: (
        hall_maps.set_map(ADMIN, "", factories.HALL_MAP),
        hall_maps.place(ADMIN, acme, (1, 1)),
    ),
}


@pytest.mark.parametrize("visit", VISITED.values(), ids=VISITED)
def test_a_company_with_which_something_was_done_stays(app, visit):
    number = take_in(STANDS)
    acme = company_id("Acme")
    visit(acme)
    assert undoing.undo(ADMIN, "companies", number).left == (acme,)
    assert stands() == {"Acme"}


BEFORE = NewCompany("acme", "A 1", 2, 40, hall="A", sectors="Data", looking_for="job")
AFTER = {
    "name": "Acme",
    "stand": "B 2",
    "slots": 3,
    "queue_limit": 7,
    "hall": "B",
    "description": "We make things",
    "sectors": "Energy",
    "looking_for": "internship",
    "languages": "French",
    "link": "https://acme.example",
}


def stored(acme):
    columns = [getattr(Company, each.name) for each in IN_LISTS]
    with db.engine.connect() as connection:
        return dict(connection.execute(select(*columns).where(Company.id == acme)).one()._mapping)


def test_every_field_that_was_updated_is_as_before(app):
    assert set(AFTER) == {each.name for each in IN_LISTS} - {"contact"}
    acme = companies.create(ADMIN, BEFORE)
    before = stored(acme)
    number = take_in([NewCompany(**AFTER)], [AFTER])
    assert stored(acme) == AFTER | {"contact": None}
    assert undoing.undo(ADMIN, "companies", number).restored == 1
    assert stored(acme) == before


@pytest.mark.parametrize("field", AFTER)
def test_a_field_that_was_changed_since_keeps_its_value_and_others_are_as_before(app, field):
    acme = companies.create(ADMIN, BEFORE)
    before = stored(acme)
    number = take_in([NewCompany(**AFTER)], [AFTER])
    own = {"slots": 9, "queue_limit": 9, "looking_for": "phd", "link": "https://own.example"}
    mine = own.get(field, "Mine")
    companies.edit(ADMIN, acme, {field: mine})
    assert list(undoing.last("companies").reversal.changed) == [acme]
    done = undoing.undo(ADMIN, "companies", number)
    assert (done.restored, done.left) == (1, (acme,))
    assert stored(acme) == before | {field: mine}


def test_a_contact_address_which_no_log_has_stays_and_is_said(app):
    acme = companies.create(ADMIN, NewCompany("Acme", contact="old@acme.example"))
    said = {"contact": "new@acme.example", "stand": "B 2"}
    number = take_in([NewCompany("Acme", **said)], [said])
    assert undoing.last("companies").reversal.contacts == {acme: "Acme"}
    done = undoing.undo(ADMIN, "companies", number)
    assert (done.restored, done.left) == (1, (acme,))
    assert (stored(acme)["contact"], stored(acme)["stand"]) == ("new@acme.example", None)


def test_names_of_students_are_as_before(app):
    zoe, max_ = (factories.student(name, email=f"{name}@example.org") for name in ("zoe", "max"))
    cards = [ListedStudent(name, "Roux", f"{name}@example.org".lower()) for name in ("Zoe", "Max")]
    given = [{"first_name": each.first_name, "last_name": "Roux"} for each in cards]
    number = take_in(cards, given)
    accounts.edit_student(ADMIN, max_.student_id, {"last_name": "Own"})
    students.delete(ADMIN, zoe.student_id, "Zoe Roux")
    done = undoing.undo(ADMIN, "students", number)
    assert (done.restored, done.left) == (1, (max_.student_id,))
    (one,) = roster.students()
    assert (one.first_name, one.last_name) == ("max", "Own")


def test_who_was_removed_does_not_come_back(app):
    factories.company("Idle")
    number = take_in([STANDS[0]], [{}], frozenset())
    assert stands() == {"Acme"}
    assert undoing.undo(ADMIN, "companies", number).removed == 1
    assert not stands()


class Died(Exception):
    """As a process does."""


def test_one_that_was_broken_off_goes_on_where_it_ended(app, monkeypatch):
    acme, bolt = (companies.create(ADMIN, NewCompany(name, "A 1")) for name in ("Acme", "Bolt"))
    listed = {"Globex": {}, "Initech": {}, "Acme": {"stand": "B 2"}, "Bolt": {"stand": "B 3"}}
    number = take_in(
        [NewCompany(name, **said) for name, said in listed.items()], list(listed.values())
    )
    monkeypatch.setattr(undoing, "BATCH", 1)
    lives = iter((True, True, True))
    really = undoing.change_and_remove

    def dying(*given):
        if not next(lives, False):
            raise Died
        really(*given)

    with monkeypatch.context() as patched:
        patched.setattr(undoing, "change_and_remove", dying)
        with pytest.raises(Died):
            undoing.undo(ADMIN, "companies", number)
    # Each was committed by itself, so that others had the lock in between.
    assert (stands(), stored(acme)["stand"]) == ({"Acme", "Bolt"}, "A 1")
    found = undoing.last("companies")
    assert (found.undone, found.reversal.changed) == (None, {})
    assert (found.reversal.gone, found.reversal.as_before) == (2, 1)
    done = undoing.undo(ADMIN, "companies", number)
    assert (done.removed, done.restored, done.left) == (2, 2, ())
    assert stored(bolt)["stand"] == "A 1"
