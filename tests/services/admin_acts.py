"""All that an admin can do, on a small fair, and what the log is to say of it."""

from datetime import UTC, date, datetime
from unittest.mock import patch

from sqlalchemy import func, select

from jobfair.domain.decisions import lot
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.events import ManyAct
from jobfair.domain.state import (
    CompanyStatus,
    Phase,
    ScreenNames,
    StudentStatus,
)
from jobfair.extensions import db
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.companies.logos import Logo
from jobfair.imports import comparing, importing, undoing
from jobfair.imports.comparing import ListedStudent
from jobfair.models import JournalRow, Role, Scope
from jobfair.services import webhooks
from jobfair.services.access import (
    accounts,
    addresses,
    invitations,
    keys,
    pins,
    sign_ins,
    team,
)
from jobfair.services.access.accounts import NewStudent
from jobfair.services.companies import companies, link_mails, many_companies, stand_places
from jobfair.services.fair import fair, hall_maps, hall_screen, messages, opening_lot, sign_up
from jobfair.services.queues import overrides, paper_interviews, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import codes, factories
from tests.support.factories import PASSWORD

LOGO = Logo("0123456789abcdef", b"small", b"large")
BEFORE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 12, 30, tzinfo=UTC)
SERVICES = (
    addresses,
    accounts,
    companies,
    fair,
    hall_maps,
    hall_screen,
    importing,
    invitations,
    keys,
    link_mails,
    many_companies,
    messages,
    opening_lot,
    overrides,
    paper_interviews,
    pins,
    sign_up,
    stand_places,
    students,
    team,
    undoing,
    webhooks,
)


def _opened_by_lot(at):
    with patch.object(opening_lot, "_new_seed", lambda: bytes(lot.SEED_BYTES)):
        fair.set_phase(at.admin, Phase.PREPARING)
        opening_lot.set_by_lot(at.admin, True)
        fair.set_phase(at.admin, Phase.OPEN)


class Floor:
    """Alice is in an interview at TechCorp, where Bob, set aside there, and Carol, paused, wait;
    Dan is called at Rival. Idle asks for a PIN. An organiser looks after them, with a helper at
    the desk and a guest who has not come in yet."""

    def __init__(self):
        self.admin = actors.admin(factories.admin("org@example.org").user_id)
        self.techcorp = factories.company("TechCorp", stand="A1", contact="desk@tech.example")
        self.rival = factories.company("Rival")
        self.idle = factories.company("Idle", contact="desk@idle.example")
        self.alice, self.bob, self.carol, self.dan = (
            factories.student(name, "Doe", email=f"{name}@example.org".lower())
            for name in ("Alice", "Bob", "Carol", "Dan")
        )
        self.bobs = factories.entry(self.bob, self.techcorp)
        queues.absent(actors.company(self.techcorp), self.bobs)
        self.interview = factories.interview(self.alice, self.techcorp)
        self.carols = factories.entry(self.carol, self.techcorp)
        self.dans = factories.entry(self.dan, self.rival)
        hall_screen.make_link(actors.SYSTEM)
        pins.set_pin(actors.SYSTEM, self.idle, "4711")
        presence.change_status(self.carol.actor, StudentStatus.PAUSED)
        sign_ins.open_for(self.dan.user_id, "a phone")
        helper = factories.member("desk", "helper@example.org")
        codes.set_up(helper)
        self.helper = helper.user_id
        sign_ins.open_for(self.helper, "a tablet")
        self.key = keys.make(self.admin, "screen", [Scope.READ]).id
        hooks = webhooks.make(self.admin, "https://hooks.example/x", ["queue_update"])
        self.webhook = hooks.id
        self.guest = team.invite(actors.SYSTEM, "guest@example.org", Role.VIEWER).user_id


NEW = NewStudent("eve@example.org", PASSWORD, "Eve", "Doe")
LISTED = [ListedStudent("Eve", "Doe", "eve@example.org")]
COMPANIES = [NewCompany("Third", "C3", 2, 9)]


def _noted(person):
    times = (datetime(2026, 11, 23, 8, minute, tzinfo=UTC) for minute in (40, 50))
    return PaperInterview(person.student_id, *times)


def _newest_row():
    with db.engine.connect() as connection:
        return connection.execute(select(func.max(JournalRow.number))).scalar_one()


def _mailed(at):
    return link_mails.queue(at.admin, [at.techcorp, at.idle], 0, "Link", "{link}")


def _paused_at_once(at):
    return many_companies.carry_out(at.admin, ManyAct.PAUSE, [at.idle], _newest_row())


ACTS = {
    "accounts.create_student": (
        lambda at: accounts.create_student(at.admin, NEW),
        [("The account of Eve Doe was created", ["– → Available"])],
    ),
    "accounts.edit_student": (
        lambda at: accounts.edit_student(
            at.admin, at.bob.student_id, {"first_name": "Bobby", "email": "b@example.org"}
        ),
        [
            (
                "The name or address of Bobby Doe was changed",
                [
                    "E-mail address : bob@example.org → b@example.org",
                    "First name : Bob → Bobby",
                ],
            )
        ],
    ),
    "accounts.set_password": (
        lambda at: accounts.set_password(at.admin, at.dan.user_id, PASSWORD),
        [
            ("The password of Dan Doe was changed", []),
            ("A sign-in of Dan Doe ended", []),
        ],
    ),
    "companies.create": (
        lambda at: companies.create(at.admin, NewCompany("Third", slots=2, queue_limit=9)),
        [
            (
                "The company Third was created",
                ["Status : – → Recruiting", "Interviews at once : – → 2", "Queue limit : – → 9"],
            )
        ],
    ),
    "companies.edit": (
        lambda at: companies.edit(
            at.admin,
            at.rival,
            {
                "name": "Ally",
                "stand": "B7",
                "slots": 3,
                "queue_limit": 5,
                "queue_open": False,
                "status": CompanyStatus.PAUSED,
            },
        ),
        [
            ("The company Ally was renamed", ["Rival → Ally"]),
            ("The stand of Ally has a new place", ["– → B7"]),
            ("The interviews at once were changed at Ally", ["1 → 3"]),
            ("The queue limit was changed at Ally", ["– → 5"]),
            ("The queue at Ally was closed", ["Open → Closed"]),
            ("Ally is paused: nobody is called", ["Recruiting → Paused"]),
        ],
    ),
    "companies.regenerate_token": (
        lambda at: companies.regenerate_token(at.admin, at.rival),
        [("Rival got a new link; the old one is dead", [])],
    ),
    "companies.delete": (
        lambda at: companies.delete(at.admin, at.techcorp),
        [
            ("Bob Doe lost their place at TechCorp, which was deleted", ["Waiting → Left"]),
            ("Alice Doe lost their place at TechCorp, which was deleted", ["In interview → Left"]),
            ("Carol Doe lost their place at TechCorp, which was deleted", ["Waiting → Left"]),
            ("The company TechCorp was deleted", ["TechCorp → –"]),
        ],
    ),
    "companies.leave": (
        lambda at: companies.leave(at.admin, at.idle, "Gone"),
        [
            ("The queue at Idle was closed", ["Open → Closed"]),
            ("Idle has left: nobody joins or is called", ["Recruiting → Paused"]),
        ],
    ),
    "companies.pause_all": (
        lambda at: companies.pause_all(at.admin),
        [
            ("TechCorp is paused: nobody is called", ["Recruiting → Paused"]),
            ("Rival is paused: nobody is called", ["Recruiting → Paused"]),
            ("Idle is paused: nobody is called", ["Recruiting → Paused"]),
        ],
    ),
    "companies.resume_all": (
        lambda at: (companies.pause_all(at.admin), companies.resume_all(at.admin)),
        [
            ("TechCorp is paused: nobody is called", ["Recruiting → Paused"]),
            ("Rival is paused: nobody is called", ["Recruiting → Paused"]),
            ("Idle is paused: nobody is called", ["Recruiting → Paused"]),
            ("TechCorp is recruiting again", ["Paused → Recruiting"]),
            ("Rival is recruiting again", ["Paused → Recruiting"]),
            ("Idle is recruiting again", ["Paused → Recruiting"]),
        ],
    ),
    "fair.set_details": (
        lambda at: fair.set_details(
            at.admin,
            {"name": "Forum", "ends_on": date(2026, 11, 27), "zone": "Indian/Reunion"},
        ),
        [
            ("The last day of the fair was set", ["– → 2026-11-27"]),
            ("The fair's time zone was changed", ["– → Indian/Reunion"]),
            ("What is said of the fair was changed", ["Name of the fair : – → Forum"]),
        ],
    ),
    "fair.set_logo": (
        lambda at: fair.set_logo(at.admin, LOGO) or fair.set_logo(at.admin, None),
        [("The fair has a new logo", []), ("The fair's logo was taken away", [])],
    ),
    "fair.set_phase": (
        lambda at: fair.set_phase(at.admin, Phase.CLOSED),
        [("The fair was closed", ["Open → Closed"])],
    ),
    "opening_lot.set_by_lot": (
        lambda at: _opened_by_lot(at),
        [
            ("The fair was put back in preparation", ["Open → In preparation"]),
            (
                "The fair opens by lot; the digest of its seed is published",
                [f"– → {lot.digest(bytes(lot.SEED_BYTES))}"],
            ),
            (
                "The places of the queue at TechCorp were put into the draw",
                ["Bob Doe : 1 → drawn at the opening", "Carol Doe : 3 → drawn at the opening"],
            ),
            (
                "The places of the queue at Rival were put into the draw",
                ["Dan Doe : 1 → drawn at the opening"],
            ),
            (
                "The places were drawn by lot, and the seed is published",
                [f"{lot.digest(bytes(lot.SEED_BYTES))} → {bytes(lot.SEED_BYTES).hex()}"],
            ),
            (
                "The places of the queue at TechCorp were given out",
                ["Bob Doe : – → 4", "Carol Doe : – → 5"],
            ),
            ("The places of the queue at Rival were given out", ["Dan Doe : – → 2"]),
            ("The fair was opened", ["In preparation → Open"]),
        ],
    ),
    "fair.set_call_minutes": (
        lambda at: fair.set_call_minutes(at.admin, None),
        [("The length of a call was changed", ["5\u00a0min → until somebody ends it"])],
    ),
    "addresses.confirm_for": (
        lambda at: (
            students.edit(at.admin, at.dan.student_id, {"email": "d@example.org"})
            and addresses.confirm_for(at.admin, at.dan.student_id)
        ),
        [
            (
                "The name or address of Dan Doe was changed",
                ["E-mail address : dan@example.org → d@example.org"],
            ),
            ("The e-mail address of Dan Doe was confirmed at the desk", []),
        ],
    ),
    "students.remove_self_made": (
        lambda at: students.remove_self_made(at.admin, [at.alice.student_id, at.carol.student_id]),
        [
            ("Carol Doe lost their place at TechCorp with their account", ["Waiting → Left"]),
            ("The account of Carol Doe was deleted", ["Carol Doe → –"]),
        ],
    ),
    "sign_up.set_sign_up": (
        lambda at: sign_up.set_sign_up(
            at.admin, {"sign_up": "domains", "sign_up_domains": "univ.fr"}
        ),
        [
            (
                "Who may sign up was changed",
                ["Anybody → People with an address of the school", "– → univ.fr"],
            )
        ],
    ),
    "sign_up.set_word": (
        lambda at: sign_up.set_word(at.admin, "pivoine"),
        [("The word to sign up with was changed", [])],
    ),
    "hall_maps.set_map": (
        lambda at: hall_maps.set_map(at.admin, "", factories.HALL_MAP),
        [("The map of a hall was put up", ["– → The whole fair"])],
    ),
    "hall_maps.place": (
        lambda at: (
            hall_maps.set_map(at.admin, "", factories.HALL_MAP),
            hall_maps.place(at.admin, at.rival, (3450, 2000)),
            hall_maps.place(at.admin, at.rival, None),
        ),
        [
            ("The map of a hall was put up", ["– → The whole fair"]),
            ("The stand of Rival was placed on the map", []),
            ("The stand of Rival was taken off the map", []),
        ],
    ),
    "hall_screen.make_link": (
        lambda at: hall_screen.make_link(at.admin),
        [("The hall's screen got a new link; an old one is dead", [])],
    ),
    "hall_screen.withdraw_link": (
        lambda at: hall_screen.withdraw_link(at.admin),
        [("The link of the hall's screen was withdrawn", [])],
    ),
    "hall_screen.set_names": (
        lambda at: hall_screen.set_names(at.admin, ScreenNames.CODES),
        [("The hall's screen says otherwise who is called", ["First name and initial → Code"])],
    ),
    "importing.import_students": (
        lambda at: importing.import_students(
            at.admin, LISTED, comparing.compare_students(LISTED).promise
        ),
        [
            ("The account of Eve Doe was created", ["– → Available"]),
            ("A list of students was imported", ["– → Students: 1 added"]),
        ],
    ),
    "importing.import_companies": (
        lambda at: importing.import_companies(
            at.admin, COMPANIES, comparing.compare_companies(COMPANIES).promise
        ),
        [
            (
                "The company Third was created",
                ["Status : – → Recruiting", "Interviews at once : – → 2", "Queue limit : – → 9"],
            ),
            ("A list of companies was imported", ["– → Companies: 1 added"]),
        ],
    ),
    "undoing.undo": (
        lambda at: (
            importing.import_students(at.admin, LISTED, comparing.compare_students(LISTED).promise),
            undoing.undo(at.admin, "students", _newest_row()),
        ),
        [
            ("The account of Eve Doe was created", ["– → Available"]),
            ("A list of students was imported", ["– → Students: 1 added"]),
            ("The account of Eve Doe was deleted", ["Eve Doe → –"]),
            ("Import taken back: 1 removed", []),
        ],
    ),
    "invitations.invite": (
        lambda at: invitations.invite(at.admin, [at.bob.student_id]),
        [("A personal link was made for Bob Doe", [])],
    ),
    "link_mails.queue": (
        _mailed,
        [("The links of 2 stands are mailed to their companies", [])],
    ),
    "link_mails.stop": (
        lambda at: _mailed(at) and link_mails.stop(at.admin),
        [
            ("The links of 2 stands are mailed to their companies", []),
            ("2 mails with stands' links are not sent", []),
        ],
    ),
    "many_companies.carry_out": (
        lambda at: many_companies.carry_out(
            at.admin, ManyAct.MORE_SLOTS, [at.rival, at.idle], _newest_row()
        ),
        [
            ("The interviews at once were changed at Rival", ["1 → 2"]),
            ("The interviews at once were changed at Idle", ["1 → 2"]),
            ("2 companies hold one more interview at once", []),
        ],
    ),
    "many_companies.pause": (
        lambda at: many_companies.pause(at.admin, [at.idle], _newest_row(), None),
        [
            ("Idle is paused: nobody is called", ["Recruiting → Paused"]),
            ("1 company is paused", []),
        ],
    ),
    "many_companies.undo": (
        lambda at: many_companies.undo(at.admin, _paused_at_once(at)),
        [
            ("Idle is paused: nobody is called", ["Recruiting → Paused"]),
            ("1 company is paused", []),
            ("Idle is recruiting again", ["Paused → Recruiting"]),
            ("1 company is as it was before", []),
        ],
    ),
    "messages.to_everyone": (
        lambda at: messages.to_everyone(at.admin, "The buffet is open"),
        [("A message was sent to everyone", ["– → The buffet is open"])],
    ),
    "messages.to_queue": (
        lambda at: messages.to_queue(at.admin, at.techcorp, "Back at two"),
        [("A message was sent to the queue at TechCorp", ["– → Back at two"])],
    ),
    "messages.withdraw": (
        lambda at: (
            messages.to_everyone(at.admin, "Later"),
            messages.withdraw(at.admin, _newest_row()),
        ),
        [
            ("A message was sent to everyone", ["– → Later"]),
            ("A message to everyone was taken back", []),
        ],
    ),
    "messages.to_student": (
        lambda at: messages.to_student(at.admin, at.bob.student_id, "Come to the desk"),
        [("A message was sent to Bob Doe", ["– → Come to the desk"])],
    ),
    "pins.set_pin": (
        lambda at: pins.set_pin(at.admin, at.rival, "4711"),
        [("Rival has a new PIN: every device is asked for it", [])],
    ),
    "pins.give_pins": (
        lambda at: pins.give_pins(at.admin),
        [
            ("TechCorp has a new PIN: every device is asked for it", []),
            ("Rival has a new PIN: every device is asked for it", []),
            ("The links of 2 stands were taken as a file, with their new PINs", []),
        ],
    ),
    "pins.note_links_taken": (
        lambda at: pins.note_links_taken(at.admin, 3),
        [("The links of 3 stands were taken as a file", [])],
    ),
    "pins.remove_pin": (
        lambda at: pins.remove_pin(at.admin, at.idle),
        [("Idle no longer asks for a PIN", [])],
    ),
    "stand_places.swap": (
        lambda at: stand_places.swap(at.admin, at.techcorp, at.rival),
        [
            ("The stand of TechCorp has a new place", ["A1 → –"]),
            ("The stand of Rival has a new place", ["– → A1"]),
        ],
    ),
    "students.create": (
        lambda at: students.create(at.admin, NEW),
        [("The account of Eve Doe was created", ["– → Available"])],
    ),
    "students.edit": (
        lambda at: students.edit(
            at.admin,
            at.bob.student_id,
            {"last_name": "Roe", "status": StudentStatus.PAUSED, "password": PASSWORD},
        ),
        [
            ("The status of Bob Roe was changed", ["Available → Paused"]),
            ("The name or address of Bob Roe was changed", ["Last name : Doe → Roe"]),
            ("The password of Bob Roe was changed", []),
        ],
    ),
    "students.force_status": (
        lambda at: students.force_status(
            at.admin, at.alice.student_id, StudentStatus.IN_INTERVIEW, at.rival
        ),
        [
            (
                "The interview of Alice Doe at TechCorp was broken off after "
                "12\u00a0min\u00a030\u00a0s",
                ["In interview → Set aside", "Student's status : In interview → Available"],
            ),
            ("Alice Doe was put into the queue at Rival", ["– → position 2"]),
            ("Alice Doe was put into an interview at Rival", ["Waiting → In interview"]),
        ],
    ),
    "students.set_active": (
        lambda at: students.set_active(at.admin, at.dan.student_id, active=False),
        [
            ("The account of Dan Doe was deactivated", ["Active → Deactivated"]),
            ("A sign-in of Dan Doe ended", []),
        ],
    ),
    "students.delete": (
        lambda at: students.delete(at.admin, at.alice.student_id, "Alice Doe"),
        [
            ("Alice Doe lost their place at TechCorp with their account", ["In interview → Left"]),
            ("The account of Alice Doe was deleted", ["Alice Doe → –"]),
        ],
    ),
    "students.merge": (
        lambda at: students.merge(at.admin, at.carol.student_id, at.dan.student_id, "Dan Doe"),
        [
            ("Carol Doe was put into the queue at Rival", ["– → position 2"]),
            (
                "The queue at Rival was put into a new order",
                ["Carol Doe : 2 → 1", "Dan Doe : 1 → 2"],
            ),
            ("Dan Doe lost their place at Rival with their account", ["Waiting → Left"]),
            ("The account of Dan Doe was deleted", ["Dan Doe → –"]),
        ],
    ),
    "students.make_all_available": (
        lambda at: students.make_all_available(at.admin),
        [("The status of Carol Doe was changed", ["Paused → Available"])],
    ),
    "students.make_queue_available": (
        lambda at: students.make_queue_available(at.admin, at.techcorp),
        [("The status of Carol Doe was changed", ["Paused → Available"])],
    ),
    "paper_interviews.enter": (
        lambda at: paper_interviews.enter(at.admin, at.techcorp, [_noted(at.bob), _noted(at.dan)]),
        [
            (
                "An interview of Bob Doe at TechCorp, from 09:40 to 09:50, was entered from paper",
                ["Waiting → Done"],
            ),
            ("Dan Doe was put into the queue at TechCorp", ["– → position 4"]),
            (
                "An interview of Dan Doe at TechCorp, from 09:40 to 09:50, was entered from paper",
                ["Waiting → Done"],
            ),
        ],
    ),
    "overrides.add_entry": (
        lambda at: overrides.add_entry(at.admin, at.dan.student_id, at.techcorp, 1),
        [
            ("Dan Doe was put into the queue at TechCorp", ["– → position 4"]),
            (
                "The queue at TechCorp was put into a new order",
                ["Dan Doe : 4 → 1", "Bob Doe : 1 → 3", "Carol Doe : 3 → 4"],
            ),
        ],
    ),
    "overrides.remove_entry": (
        lambda at: overrides.remove_entry(at.admin, at.interview),
        [
            (
                "Alice Doe was taken out of a running interview at TechCorp",
                ["In interview → Left"],
            )
        ],
    ),
    "overrides.complete_for": (
        lambda at: overrides.complete_for(at.admin, at.interview),
        [
            (
                "The interview of Alice Doe at TechCorp ended after 12\u00a0min\u00a030\u00a0s",
                ["In interview → Done"],
            )
        ],
    ),
    "overrides.undo_completion_for": (
        lambda at: (
            overrides.complete_for(at.admin, at.interview),
            overrides.undo_completion_for(at.admin, at.interview),
        ),
        [
            (
                "The interview of Alice Doe at TechCorp ended after 12\u00a0min\u00a030\u00a0s",
                ["In interview → Done"],
            ),
            (
                "The interview of Alice Doe at TechCorp goes on: its end was undone",
                ["Done → In interview"],
            ),
        ],
    ),
    "overrides.set_aside": (
        lambda at: overrides.set_aside(at.admin, at.dans),
        [("Dan Doe was called and did not come to Rival", ["Called → Set aside"])],
    ),
    "overrides.bring_back": (
        lambda at: overrides.bring_back(at.admin, at.bobs),
        [("Bob Doe was brought back into the queue at TechCorp", ["Set aside → Waiting"])],
    ),
    "overrides.move": (
        lambda at: overrides.move(at.admin, at.techcorp, at.carols, 1),
        [
            (
                "The queue at TechCorp was put into a new order",
                ["Carol Doe : 3 → 1", "Bob Doe : 1 → 3"],
            )
        ],
    ),
    "overrides.reorder": (
        lambda at: overrides.reorder(at.admin, at.techcorp, [at.carols, at.bobs]),
        [
            (
                "The queue at TechCorp was put into a new order",
                ["Carol Doe : 3 → 1", "Bob Doe : 1 → 3"],
            )
        ],
    ),
    "keys.make": (
        lambda at: keys.make(at.admin, "badge printer", [Scope.EXPORTS, Scope.READ]),
        [("The key «\u202fbadge printer\u202f» was made", ["– → Read, Exports"])],
    ),
    "keys.withdraw": (
        lambda at: keys.withdraw(at.admin, at.key),
        [("The key «\u202fscreen\u202f» was withdrawn", [])],
    ),
    "webhooks.make": (
        lambda at: webhooks.make(at.admin, "https://new.example/secret", ["queue_update"]),
        [("The server new.example is told of events", [])],
    ),
    "webhooks.change_secret": (
        lambda at: webhooks.change_secret(at.admin, at.webhook),
        [("The server hooks.example got a new secret", [])],
    ),
    "webhooks.change_events": (
        lambda at: webhooks.change_events(at.admin, at.webhook, ["interview_completed"]),
        [
            (
                "The server hooks.example is told of other events",
                ["a queue or a company has changed → an interview is over"],
            )
        ],
    ),
    "webhooks.resume": (
        lambda at: webhooks.resume(at.admin, at.webhook),
        [("The server hooks.example is told of events again", [])],
    ),
    "webhooks.remove": (
        lambda at: webhooks.remove(at.admin, at.webhook),
        [("The server hooks.example was removed: it is told of no events", [])],
    ),
    "team.invite": (
        lambda at: team.invite(at.admin, "new@example.org", Role.DESK),
        [("new@example.org was invited to the team", ["– → Desk"])],
    ),
    "team.invite_again": (
        lambda at: team.invite_again(at.admin, at.guest),
        [("guest@example.org was invited to the team", ["– → Viewer"])],
    ),
    "team.change_role": (
        lambda at: team.change_role(at.admin, at.helper, Role.VIEWER),
        [
            ("A sign-in of helper@example.org ended", []),
            ("The role of helper@example.org was changed", ["Desk → Viewer"]),
        ],
    ),
    "team.remove_second_factor": (
        lambda at: team.remove_second_factor(at.admin, at.helper),
        [
            ("A sign-in of helper@example.org ended", []),
            ("The second factor of helper@example.org was taken away", []),
        ],
    ),
    "team.remove": (
        lambda at: team.remove(at.admin, at.helper),
        [
            ("A sign-in of helper@example.org ended", []),
            ("helper@example.org was removed from the team", ["Desk → –"]),
        ],
    ),
}
"""By the service's function: the act, and what the log says of it, with before and after."""

REFUSED = {
    "accounts.edit_student": lambda at: accounts.edit_student(
        at.admin, at.bob.student_id, {"email": "alice@example.org"}
    ),
    "companies.create": lambda at: companies.create(at.admin, NewCompany(" techcorp ")),
    "companies.edit": lambda at: companies.edit(
        at.admin, at.rival, {"slots": 9, "name": "TechCorp", "status": CompanyStatus.PAUSED}
    ),
    "importing.import_students": lambda at: importing.import_students(at.admin, LISTED, "stale"),
    "importing.import_companies": lambda at: importing.import_companies(
        at.admin, COMPANIES, "stale"
    ),
    "undoing.undo": lambda at: undoing.undo(at.admin, "students", 1),
    "messages.to_queue": lambda at: messages.to_queue(at.admin, at.idle, "Nobody hears"),
    "stand_places.swap": lambda at: stand_places.swap(at.admin, at.rival, at.idle),
    "students.create": lambda at: students.create(
        at.admin, NewStudent("bob@example.org", PASSWORD, "Bob", "Two")
    ),
    "students.edit": lambda at: students.edit(
        at.admin,
        at.bob.student_id,
        {"email": "alice@example.org", "status": StudentStatus.PAUSED, "password": PASSWORD},
    ),
    "students.force_status": lambda at: students.force_status(
        at.admin, at.bob.student_id, StudentStatus.IN_INTERVIEW
    ),
    "overrides.add_entry": lambda at: overrides.add_entry(at.admin, at.bob.student_id, at.techcorp),
    "overrides.set_aside": lambda at: overrides.set_aside(at.admin, at.interview),
    "students.merge": lambda at: students.merge(
        at.admin, at.carol.student_id, at.alice.student_id, "Alice Doe"
    ),
    "overrides.undo_completion_for": lambda at: overrides.undo_completion_for(at.admin, at.dans),
    "overrides.bring_back": lambda at: overrides.bring_back(at.admin, at.dans),
    "overrides.move": lambda at: overrides.move(at.admin, at.techcorp, at.interview, 1),
    "overrides.reorder": lambda at: overrides.reorder(at.admin, at.techcorp, [at.bobs]),
    "team.invite": lambda at: team.invite(at.admin, "bob@example.org", Role.DESK),
    "team.invite_again": lambda at: team.invite_again(at.admin, at.helper),
    "team.change_role": lambda at: team.change_role(at.admin, at.admin.id, Role.DESK),
    "team.remove": lambda at: team.remove(at.admin, at.admin.id),
    "team.remove_second_factor": lambda at: team.remove_second_factor(at.admin, at.admin.id),
}
