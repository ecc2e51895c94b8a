"""Lists taken in: all of what was promised or nothing, and the same list again changes nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from jobfair.domain.refusals import Refusal
from jobfair.extensions import db
from jobfair.fields.companies.companies import NewCompany
from jobfair.imports import comparing, importing
from jobfair.imports.comparing import ListedStudent
from jobfair.models import (
    Fair,
    JournalRow,
    Student,
    User,
)
from jobfair.queries import introductions
from jobfair.queries.admin import roster
from jobfair.queries.student import places
from jobfair.security.hashing import passwords
from jobfair.services.access import accounts, invitations, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.services.companies import companies
from jobfair.services.students import introductions as introducing
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

ADMIN = actors.admin(1)
PEOPLE = [
    ListedStudent("Élodie", "Lefèvre", "elodie@example.org"),
    ListedStudent("=1+1", "<script>", "hostile@example.org"),
]
STANDS = [NewCompany("Énergies du Large", "B 12", 2, 40), NewCompany("TechCorp")]


@pytest.fixture
def app(app_on_both_databases):
    return app_on_both_databases


def take_in(people):
    promise = comparing.compare_students(people).promise
    return importing.import_students(ADMIN, people, promise)


def everything():
    """Every row there is, to see that nothing changed."""
    tables = reversed(db.metadata.sorted_tables)
    with db.engine.connect() as connection:
        return {table.name: connection.execute(table.select()).all() for table in tables}


def test_students_are_made_in_the_order_of_the_list(app):
    assert take_in(PEOPLE).added == 2
    made = sorted(roster.students(), key=lambda each: each.id)
    assert [(each.first_name, each.last_name, each.email) for each in made] == [
        (each.first_name, each.last_name, each.email) for each in PEOPLE
    ]
    assert {(each.status, each.active) for each in made} == {("available", True)}


def test_they_are_journalled_as_one_change_of_the_admins(app):
    take_in(PEOPLE)
    rows = db.session.scalars(select(JournalRow).order_by(JournalRow.number)).all()
    assert [(row.kind, row.actor, row.change, row.student_id) for row in rows] == [
        *(
            ("student_created", "admin", 1, each.id)
            for each in sorted(roster.students(), key=lambda each: each.id)
        ),
        ("list_imported", "admin", 3, None),
    ]
    assert db.session.get(Fair, 1).revision == 3


def test_the_same_list_again_changes_nothing(app):
    take_in(PEOPLE)
    before = everything()
    again = comparing.compare_students(PEOPLE)
    assert (again.new, again.present) == ((), 2)
    assert take_in(PEOPLE).added == 0
    assert everything() == before


def test_who_is_there_stays_as_they_are(app):
    alice = factories.student("Alice", email="alice@example.org")
    done = take_in([ListedStudent("Other", "Name", "alice@example.org"), *PEOPLE])
    assert (done.added, done.unchanged) == (2, 1)
    student = roster.student(alice.student_id)
    assert (student.first_name, student.last_name) == ("Alice", "Martin")


def test_what_the_school_knows_is_proposed_and_changes_what_nobody_has_chosen(app):
    listed = [
        ListedStudent("Zoé", "Roux", "zoe@example.org", "Zoologie", "M2", "phd"),
    ]
    take_in(listed)
    (student_id,) = db.session.execute(select(Student.id)).scalars()
    own = introductions.own(student_id)
    assert (own["studies"], own["year"], own["seeking"]) == ("Zoologie", "M2", "phd")
    assert own["shows_introduction"] is None
    introducing.change(actors.student(student_id), {"studies": "Botanique"})
    take_in([replace(listed[0], studies="Physique")])
    assert introductions.own(student_id)["studies"] == "Botanique"


def test_an_organisers_address_is_refused_and_the_others_are_not(app):
    factories.admin("boss@example.org")
    boss = ListedStudent("The", "Boss", "boss@example.org")
    comparison = comparing.compare_students([boss, *PEOPLE])
    assert comparison.refused == ((boss, Refusal("not_a_student")),)
    assert (len(comparison.new), comparison.present) == (2, 0)


def test_nothing_is_stored_when_the_fair_changed_meanwhile(app):
    promise = comparing.compare_students(PEOPLE).promise
    factories.student("Élodie", email=PEOPLE[0].email)
    before = everything()
    assert importing.import_students(ADMIN, PEOPLE, promise) == Refusal("import_stale")
    assert everything() == before


def test_what_fails_in_the_middle_leaves_nothing(app):
    twice = [*PEOPLE, PEOPLE[0]]
    before = everything()
    with pytest.raises(Exception, match=r"(?i)unique"):
        take_in(twice)
    assert everything() == before


def test_nobody_signs_in_without_a_password(app):
    take_in(PEOPLE)
    for typed in ("", " ", passwords.NONE, PASSWORD):
        refused = sign_ins.sign_in(PEOPLE[0].email, typed, "test")
        assert refused == Refusal("wrong_credentials")
    assert not passwords.verify(passwords.NONE, passwords.NONE)


def test_an_imported_address_cannot_be_registered_by_a_stranger(app):
    take_in(PEOPLE)
    before = everything()
    stranger = NewStudent(PEOPLE[0].email, PASSWORD, "Mallory", "X")
    assert accounts.register(stranger) == Refusal("email_taken")
    assert everything() == before


def test_imported_students_join_queues_like_others(app):
    take_in(PEOPLE)
    student_id = roster.students()[0].id
    company_id = factories.company()
    factories.entry(factories.Person(0, "", student_id), company_id)
    assert places.dashboard(student_id).turns


def test_companies_are_made_with_a_link_each(app):
    promise = comparing.compare_companies(STANDS).promise
    assert importing.import_companies(ADMIN, STANDS, promise).added == 2
    made = roster.companies()
    views = [each.company for each in made]
    assert {(each.name, each.stand, each.slots, each.queue_limit) for each in views} == {
        ("TechCorp", None, 1, None),
        ("Énergies du Large", "B 12", 2, 40),
    }
    assert len({each.token for each in made}) == 2
    assert all(len(each.token) == 32 for each in made)
    again = comparing.compare_companies([NewCompany(" techcorp "), *STANDS])
    assert (again.new, again.present) == ((), 3)


def test_a_company_may_be_created_meanwhile(app):
    promise = comparing.compare_companies(STANDS).promise
    companies.create(ADMIN, NewCompany("TECHCORP"))
    assert importing.import_companies(ADMIN, STANDS, promise) == Refusal("import_stale")
    assert len(roster.companies()) == 1


def test_three_thousand_take_a_few_statements(app):
    people = [ListedStudent("A", "B", f"a{number}@example.org") for number in range(3000)]
    assert take_in(people).added == 3000
    ids = db.session.scalars(select(Student.id)).all()
    assert len(invitations.invite(ADMIN, ids)) == 3000
    assert db.session.scalar(select(func.count()).select_from(User)) == 3000


def test_those_who_are_there_get_the_names_of_the_list_where_that_is_asked_for(app):
    alice = factories.student("Alice", email="alice@example.org")
    listed = [ListedStudent("Alicia", "Martin", "alice@example.org", "Zoology"), PEOPLE[0]]
    given = [{"first_name": "Alicia", "last_name": "Martin", "studies": "Zoology"}, {}]
    comparison = comparing.compare_students(listed, given)
    assert [(each.before, each.after) for each in comparison.changed] == [
        ({"first_name": "Alice"}, {"first_name": "Alicia"})
    ]
    assert comparison.present == 0
    done = importing.import_students(ADMIN, listed, comparison.promise, given)
    assert (done.added, done.updated) == (1, 1)
    assert roster.student(alice.student_id).first_name == "Alicia"
    # What they say of themselves is theirs.
    assert introductions.own(alice.student_id)["studies"] is None
    row = db.session.scalars(select(JournalRow).where(JournalRow.kind == "student_edited")).one()
    assert (row.student_id, row.actor) == (alice.student_id, "admin")
    assert not comparing.compare_students(listed, given).changed


def test_companies_get_what_the_list_says_and_keep_the_rest(app):
    company_id = factories.company("TechCorp", stand="A 1", slots=2, queue_limit=20)
    listed = [NewCompany("TechCorp", "B 7", 3)]
    given = [{"name": "TechCorp", "stand": "B 7", "slots": 3}]
    comparison = comparing.compare_companies(listed, given)
    assert comparison.changed[0].after == {"stand": "B 7", "slots": 3}
    assert importing.import_companies(ADMIN, listed, comparison.promise, given).updated == 1
    company = next(each.company for each in roster.companies() if each.company.id == company_id)
    assert (company.stand, company.slots, company.queue_limit) == ("B 7", 3, 20)


def test_an_update_is_not_carried_out_when_what_it_would_change_is_another(app):
    company_id = factories.company("TechCorp", stand="A 1")
    listed, given = [NewCompany("TechCorp", "B 7")], [{"stand": "B 7"}]
    promise = comparing.compare_companies(listed, given).promise
    companies.edit(ADMIN, company_id, {"stand": "A 2"})
    before = everything()
    assert importing.import_companies(ADMIN, listed, promise, given) == Refusal("import_stale")
    assert everything() == before
