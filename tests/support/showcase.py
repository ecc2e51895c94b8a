"""A fair with something of everything in it, for the tests that look at every page.

Every word that somebody typed holds `zz`, so that somebody who reads the pages can tell what people
wrote from what the pages say themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

from PIL import Image

from jobfair import clock
from jobfair.domain.events import ManyAct
from jobfair.domain.state import CompanyStatus, DoorSign, StudentStatus
from jobfair.fields.companies.logos import encode
from jobfair.fields.fair import hall_maps as map_fields
from jobfair.imports import comparing, importing
from jobfair.imports.comparing import ListedStudent
from jobfair.models import Role, Scope
from jobfair.queries.admin.students import invitations as guests
from jobfair.services import webhooks
from jobfair.services.access import (
    accounts,
    invitations,
    keys,
    pins,
    sign_ins,
    team,
)
from jobfair.services.access.accounts import NewStudent
from jobfair.services.companies import companies, logos, many_companies, notes
from jobfair.services.fair import fair, hall_maps, hall_screen, messages
from jobfair.services.queues import door_signs, interviews, presence, queues
from jobfair.services.students import introductions, many_students, own_notes, students
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction
from tests.support import factories
from tests.support.factories import Person

TYPED = "zz"

FAIR = {
    "name": "Zzforum zzmétiers",
    "starts_on": date(2126, 11, 23),
    "ends_on": date(2126, 11, 24),
    "welcome": "Zzcome zzto zzhall.\nZzall zzcome.",
}

PROFILE = {
    "hall": "Zzhall",
    "description": "Zzwe zzmake zzwinds.\n\nZzcome.",
    "sectors": "Zzenergy, Zzdata",
    "looking_for": "internship, job",
    "languages": "Zzfrench",
    "link": "https://zz.example/zz",
}


INTRODUCTION = {
    "studies": "Zzmaster",
    "year": "Zz2",
    "seeking": "internship, job",
    "sentence": "Zzlikes zzwinds.",
    "link": "https://zz.example/me",
    "shows_email": True,
    "shows_introduction": True,
}


@dataclass(frozen=True)
class Showcase:
    """Who there is, by what they are called here, and what stands in addresses.

    `values` is for the names in a route, `<int:company_id>`; where a name means another thing in
    one route, its key is the endpoint and the name: `invitation.welcome token`.
    """

    people: Mapping[str, Person | None]
    values: Mapping[str, object]


def show() -> Showcase:
    """Play the fair over the last two hours, or at one moment where the test's clock stands."""
    with _ago(100):
        organiser = factories.admin("zzadmin@example.org")
        by_admin = actors.admin(organiser.user_id)
        desk = factories.member("desk", "zzdesk@example.org")
        stands = _stands()
        people = {letter: _student(f"Zz{letter}") for letter in "abcdefghi"}
        people["j"] = _student("Zzj", confirmed=False)
    _interviews(by_admin, stands, people)
    with _ago(60):
        called = _queues(by_admin, stands, people)
    with _ago(5):
        _last_words(by_admin, stands.acme, people["b"])
    told = webhooks.make(by_admin, "https://zz.example/zz", ["interview_started"]).id
    return Showcase(
        {
            "nobody": None,
            "student called": people["b"],
            "student in interview": people["a"],
            "student paused": people["c"],
            "student set aside": people["d"],
            "student waiting": people["f"],
            "student unproven": people["j"],
            "organiser": organiser,
            "desk": desk,
            "viewer": factories.member("viewer", "zzviewer@example.org"),
            # Somebody who has opened a stand's link has a cookie.
            "nobody yet": None,
        },
        {
            "company_id": stands.acme,
            "student_id": people["b"].student_id,
            "entry_id": called,
            "alert": "call-1",
            "number": 1,
            "act_number": _in_no_hall(by_admin, stands.acme),
            "key": factories.uploaded_backup(),
            "webhook_id": told,
            "delivery_id": factories.delivery(told),
            "key_id": keys.make(by_admin, "Zzbadges", [Scope.READ, Scope.EXPORTS]).id,
            "edition_id": factories.edition(),
            "rehearsal_id": factories.rehearsal("Zzcorp"),
            "user_id": _invited_to_the_team(by_admin),
            "token": factories.token(stands.acme),
            "sign_in_id": sign_ins.open_for(people["b"].user_id, "zz").sign_in_id,
            "invitation.welcome token": _invited(by_admin),
            "invitation.accept token": "zz-unknown",
            "admin.desk.badge code": "zz99",
            "admin.many_students.done act_number": _nobody_deactivated(by_admin),
            "hall.screen token": hall_screen.make_link(by_admin),
            "pin.form token": _behind_a_pin(by_admin, stands.stuck),
        },
    )


def _nobody_deactivated(by_admin):
    """The same of an act on students."""
    return many_students.carry_out(by_admin, ManyAct.DEACTIVATE, [], 0)


def _in_no_hall(by_admin, company_id):
    """The number of an act that changed nothing."""
    return many_companies.carry_out(by_admin, ManyAct.HALL, [company_id], 0)


def _stands():
    """Their ids."""
    return SimpleNamespace(
        acme=factories.company("Zzacme Zzénergies", stand="zz1", slots=2, queue_limit=20),
        bank=factories.company("Zzbanque", stand="Zzhall zzat zzthe zzleft"),
        design=factories.company("Zzdesign", queue_limit=1),
        stuck=factories.company("Zzstuck"),
    )


def _logo():
    return encode(_picture((60, 30), "navy"))


def _picture(size, colour):
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def _map(by_admin, stands):
    """Of the whole fair, with one stand placed on it and the others not yet."""
    picture = map_fields.encode(_picture((1200, 800), "lightgrey"))
    hall_maps.set_map(by_admin, "", picture)
    hall_maps.place(by_admin, stands.acme, (3450, 2000))


def _interviews(by_admin, stands, people):
    """One done, one broken off, and one that has long been running."""
    with _ago(100):
        companies.edit(by_admin, stands.acme, {"name": "Zzacme"})
        companies.edit(by_admin, stands.acme, PROFILE)
        fair.set_details(by_admin, FAIR)
        fair.set_logo(by_admin, _logo())
        logos.set_logo(by_admin, stands.acme, _logo())
        _map(by_admin, stands)
        done = factories.interview(people["h"], stands.acme)
        factories.interview(people["i"], stands.bank)
    with _ago(80):
        interviews.complete(actors.company(stands.acme), done)
        assert (
            notes.write(
                actors.company(stands.acme),
                done,
                {"text": "Zzkind", "verdict": "maybe", "next_step": "Zzcall"},
            )
            is None
        )
        assert own_notes.write(people["h"].actor, stands.acme, "Zzask") is None
        for letter in "abh":
            assert introductions.change(people[letter].actor, INTRODUCTION) is None
        students.force_status(by_admin, people["i"].student_id, StudentStatus.AVAILABLE)
        factories.interview(people["a"], stands.acme)
        factories.entry(people["g"], stands.design)


def _queues(by_admin, stands, people):
    """Called, waiting, set aside, on a break and deactivated; returns the called entry."""
    bob, chloe, david, emma = (people[each] for each in "bcde")
    called = factories.entry(bob, stands.acme)
    passed = factories.entry(david, stands.acme)
    queues.absent(actors.company(stands.acme), called)
    queues.pass_turn(david.actor, passed)
    queues.present(bob.actor, called)
    for company_id in (stands.acme, stands.bank, stands.stuck):
        for person in (chloe, emma):
            factories.entry(person, company_id)
    factories.entry(people["f"], stands.acme)
    presence.change_status(chloe.actor, StudentStatus.PAUSED)
    students.set_active(by_admin, emma.student_id, active=False)
    companies.edit(actors.company(stands.bank), stands.bank, {"status": CompanyStatus.PAUSED})
    companies.edit(actors.company(stands.design), stands.design, {"queue_open": False})
    door_signs.put_up(actors.company(stands.bank), DoorSign.OWN_WORDS, "Zzback zzsoon")
    door_signs.put_up(actors.company(stands.acme), DoorSign.LATE, None)
    return called


def _last_words(by_admin, company_id, student):
    """A message of each kind, and what is no longer there."""
    messages.to_everyone(by_admin, "Zzmessage")
    messages.to_queue(by_admin, company_id, "Zzmessage")
    messages.to_student(by_admin, student.student_id, "Zzmessage")
    companies.delete(by_admin, factories.company("Zzgone"))
    students.delete(by_admin, _student("Zzgone").student_id, "Zzgone Zzmartin")


def _invited_to_the_team(actor):
    """The account of somebody who has not used the link yet."""
    return team.invite(actor, "zznew@example.org", Role.DESK).user_id


def _ago(minutes):
    return clock.at(clock.now() - timedelta(minutes=minutes))


def _student(first_name, confirmed=True):
    """Somebody who never signs in by password: hashing them all would take seconds."""
    email = f"{first_name}@example.org".lower()
    with write_transaction(actors.SYSTEM) as work:
        new = NewStudent(email, "", first_name, "Zzmartin")
        made = accounts.insert_student(work, None, new, "no hash", confirmed)
    return Person(made.user_id, email, made.student_id)


def _behind_a_pin(actor, company_id):
    """The token of a company whose link asks for a PIN."""
    pins.set_pin(actor, company_id, "4711")
    return factories.token(company_id)


def _invited(actor):
    """What is in the personal link of one of two students without a password."""
    listed = [ListedStudent("Zzlouis", "Zzroux", f"zzguest-{name}@example.org") for name in "ab"]
    importing.import_students(actor, listed, comparing.compare_students(listed).promise)
    student_id = next(guest.student_id for guest in guests.without_password())
    return invitations.invite(actor, [student_id])[student_id]
