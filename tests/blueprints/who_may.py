"""Who may call which address: one line for each, and the people who try.

A new address belongs into `WHO_MAY`, beside its like; until it is there, the suite fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import count

from jobfair.domain.events import ManyAct
from jobfair.domain.state import Phase
from jobfair.models import Role, Scope
from jobfair.queries import hall_codes
from jobfair.queries.admin import keys as known_keys
from jobfair.queries.admin import webhooks as known_webhooks
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.public import hall
from jobfair.services import webhooks
from jobfair.services.access import invitations, keys, sign_ins, team
from jobfair.services.access.rights import Right
from jobfair.services.companies import logos, many_companies
from jobfair.services.fair import fair, hall_maps, hall_screen, messages
from jobfair.services.students import many_students
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.factories import Person

API_DOCS = "/api/docs/"
"""A page, though among the addresses of programs."""

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


class Who(Enum):
    """Whom an address is open to."""

    ANYONE = "everybody"
    USER = "somebody who is signed in"
    STUDENT = "any student, about themselves"
    OWNER = "the student whose entry it is"
    OWNER_OR_DESK = "the student whose entry it is, or who helps"
    LINK = "somebody who has the company's link"
    GUEST = "somebody who has the student's personal link"
    HALL = "somebody who has the link of the hall's screen"
    DEVICE = "somebody who signed in there; for anybody else nothing happens"
    LOOK = "the team"
    HELP = "the desk, and an admin"
    MANAGE = "an admin"

    @property
    def right(self) -> Right | None:
        """The right that it needs; None where it is not the team's."""
        return Right(self.name.lower()) if self in OF_TEAM else None


OF_TEAM = (Who.LOOK, Who.HELP, Who.MANAGE)

WHO_MAY = {
    Who.ANYONE: """
        static icon logos.file logos.of_fair
        colours.stylesheet hall_maps.file health.health api_openapi.openapi api_openapi.for_people
        web_app.manifest web_app.service_worker web_app.offline
        draw.index api_draws.show api_draws.show_company
        student.help.index privacy.index reset.index reset.ask auth.check_cookies
        auth.home auth.sign_in_form auth.sign_in auth.register_form auth.register auth.language
        auth.sign_out student.companies.company student.companies.arrive stream.public_company
        sign_in_code.form sign_in_code.give
        school.start school.come_back school.name_form school.complete school.signed_out
        api_auth.register api_auth.sign_in api_auth.refresh api_auth.sign_out
    """,
    Who.USER: """
        sign_ins.end_others new_password.form new_password.change
        confirm_password.form confirm_password.give api_auth.confirm
        api_auth.me api_company_card.show api_companies.recruiting api_events.of_user
        api_auth.change_password api_auth.list_devices api_auth.end_other_devices
    """,
    Who.STUDENT: """
        student.dashboard.index student.dashboard.interview student.history.index
        student.companies.index student.companies.join student.companies.day
        student.companies.favourite student.companies.note
        student.notifications.index student.notifications.put_away
        student.status.available student.status.pause
        student.address.index student.address.send_code student.address.confirm
        student.address.change
        student.profile.index student.profile.rename student.profile.change_password
        student.profile.introduce student.profile.show_nothing
        student.entries.leave_all
        push_subscriptions.key push_subscriptions.subscribe push_subscriptions.unsubscribe
        privacy.download privacy.confirm_deletion privacy.delete
        stream.dashboard stream.companies stream.student_company stream.day
        stream.notifications stream.profile
        stream.address api_auth.send_address_code api_auth.confirm_address api_auth.change_address
        stream.interview stream.history stream.help
        api_students.me api_students.rename_me api_students.change_my_status
        api_students.my_data api_students.delete_me
        api_students.my_introduction api_students.introduce_me
        api_queues.own api_queues.join api_queues.opportunities
        api_queues.leave_all api_told.messages api_told.put_away
        api_told.notifications api_told.history api_badge.show
        api_push.key api_push.subscribe api_push.unsubscribe
        api_companies.favourites api_companies.star api_companies.unstar
        api_people_met.companies_met api_people_met.write_own_note
    """,
    Who.OWNER: """
        student.entries.start student.entries.undo_start student.entries.leave
        student.entries.pass_turn
        student.entries.presence student.entries.hold student.entries.call_receipt
        api_queues.start api_queues.undo_start api_queues.pass_turn api_queues.present
        api_queues.say_coming api_queues.see_call api_standings.own
    """,
    Who.OWNER_OR_DESK: """
        api_queues.leave
    """,
    Who.LINK: """
        company.dashboard company.pause company.resume company.close_queue company.open_queue
        company.complete company.absent company.start company.undo company.help_page
        company.undo_start door_sign.put_up door_sign.take_down stand_messages.put_away
        own_profile.index own_profile.edit own_profile.change_logo
        notes.write notes.index notes.file figures.index pin.form pin.give
        stream.company stream.met
        api_companies.dashboard api_companies.change_status api_events.of_company
        api_companies.put_up_sign api_companies.take_down_sign
        api_queues.called api_queues.complete api_queues.absent
        api_queues.undo_start_at_stand api_queues.undo_completion
        api_people_met.people_met api_people_met.write_note
        api_stand.set_queue api_stand.start api_stand_messages.standing api_stand_messages.put_away
        api_own_profile.show api_own_profile.change api_own_profile.change_logo api_figures.show
    """,
    Who.GUEST: """
        invitation.welcome invitation.accept
    """,
    Who.HALL: """
        hall.screen stream.hall_screen api_hall_screen.show
    """,
    Who.DEVICE: """
        sign_ins.end api_auth.end_device
    """,
    Who.LOOK: """
        admin.overview.index admin.alerts.index admin.guide.index stream.alerts
        api_alerts.every_alert
        admin.account.index admin.account.change_password
        admin.second_factor.form admin.second_factor.set_up admin.second_factor.new_codes
        admin.second_factor.confirm_off admin.second_factor.turn_off
        admin.companies.index admin.company.index
        admin.students.index admin.student.index
        admin.audit.index admin.audit.company_story admin.audit.student_story
        admin.paper.index admin.report.index admin.report.hours admin.report.day
        admin.editions.index admin.editions.report admin.editions.hours admin.editions.day
        stream.overview stream.messages stream.admin_students stream.admin_company
        stream.admin_student stream.at_desk
        api_audit.log api_audit.of_student api_audit.of_company api_report.report
        api_report.hours api_report.every_edition api_report.edition api_report.edition_hours
        api_second_factor.show api_second_factor.new_secret api_second_factor.set_up
        api_second_factor.new_codes api_second_factor.turn_off
        api_dashboard.dashboard api_day.hall api_day.of_edition api_standings.of_entry
        api_companies.every_company api_companies.show api_companies.queue
        api_students.every_student api_students.show_student
    """,
    Who.HELP: """
        admin.alerts.make_available admin.alerts.absent admin.alerts.complete
        admin.alerts.take admin.alerts.give_back api_alerts.take api_alerts.give_back
        admin.desk.index admin.desk.badge admin.desk.student
        admin.queue.add admin.queue.absent admin.queue.present admin.queue.complete
        admin.queue.undo_completion admin.student.undo_completion
        admin.queue.move admin.queue.remove admin.queue.reorder admin.paper_interviews.enter
        admin.student.force_status admin.student.reset_password
        admin.student.add admin.student.absent admin.student.present admin.student.complete
        admin.student.remove
        admin.student.confirm_address api_students.confirm_address
        admin.invitations.index admin.invitations.create_one
        api_alerts.make_available
        api_companies.reorder_queue api_companies.force_add_student
        api_companies.enter_paper_interview
        api_students.change_student
        api_entries.complete api_entries.undo_completion api_entries.absent api_entries.present
        api_entries.move
        api_student.reset_password api_student.make_link
        api_student_accounts.without_password api_student_accounts.of_badge
    """,
    Who.MANAGE: """
        admin.overview.confirm_phase admin.overview.change_phase
        admin.fair_page.index admin.fair_page.change admin.fair_page.change_logo
        admin.fair_page.remove_logo admin.fair_page.set_by_lot
        admin.backups.index admin.backups.download admin.backups.upload
        admin.backups.preview admin.backups.restore
        admin.backups.confirm_removal admin.backups.remove
        admin.editions.confirm admin.editions.close
        admin.calls.form admin.calls.change
        admin.sign_up.index admin.sign_up.change admin.sign_up.change_word
        admin.sign_up.new_word
        admin.rehearsals.index admin.rehearsals.start admin.rehearsals.show
        admin.rehearsals.cancel
        api_rehearsals.index api_rehearsals.start api_rehearsals.show api_rehearsals.cancel
        admin.hall_screen.index admin.hall_screen.make_link admin.hall_screen.withdraw_link
        admin.hall_screen.set_names
        admin.hall_map.index admin.hall_map.change admin.hall_map.remove admin.hall_map.place
        admin.companies.form admin.companies.create
        admin.company.edit admin.company.pause admin.company.resume
        admin.company.open_queue admin.company.close_queue
        admin.company.confirm_new_link admin.company.new_link
        admin.company.confirm_delete admin.company.delete
        admin.leaving.confirm admin.leaving.leave
        admin.companies.set_profile_editing
        admin.many_students.ask admin.many_students.carry_out admin.many_students.done
        admin.many_students.undo
        admin.many.ask admin.many.carry_out admin.many.done admin.many.undo
        admin.logo.form admin.logo.change admin.logo.remove
        admin.swapping.swap
        admin.merging.ask admin.merging.merge
        admin.pin.form admin.pin.change admin.pin.remove
        admin.link_mails.index admin.link_mails.preview admin.link_mails.send admin.link_mails.stop
        admin.links.index admin.links.download admin.links.give_pins admin.links.code
        admin.removal.confirm admin.removal.remove
        admin.students.form admin.students.create
        admin.student.edit admin.student.deactivate admin.student.reactivate
        admin.student.confirm_delete admin.student.delete
        admin.invitations.create admin.invitations.confirm_anew admin.invitations.create_anew
        admin.emergency.confirm_pause_companies admin.emergency.pause_companies
        admin.emergency.confirm_resume_companies admin.emergency.resume_companies
        admin.emergency.confirm_students_available admin.emergency.students_available
        api_messages.sent api_messages.withdraw
        admin.messages.index admin.messages.withdraw admin.messages.send admin.messages.to_student
        admin.messages.send_to_student
        admin.imports.form admin.imports.preview admin.imports.choose admin.imports.carry_out
        admin.import_undo.undo
        admin.exports.index admin.exports.students admin.exports.companies
        admin.exports.entries admin.exports.interviews admin.exports.audit
        admin.printing.link admin.printing.links admin.printing.poster admin.printing.posters
        admin.team.index admin.team.invite admin.team.invite_again admin.team.change_role
        admin.team.confirm_remove admin.team.remove
        admin.team.confirm_remove_factor admin.team.remove_factor
        api_companies.create api_companies.change api_companies.delete
        api_companies.regenerate_token api_companies.pause api_companies.resume
        api_companies.pause_all api_companies.resume_all
        api_students.admit api_students.delete_student api_students.make_all_available
        api_messages.send api_emergency.show api_emergency.pause api_emergency.resume
        api_report.close
        api_exports.students api_exports.companies api_exports.entries
        api_exports.interviews api_exports.audit api_links.every_link api_links.take
        api_links.give_pins api_link_mails.show api_link_mails.preview api_link_mails.send
        api_link_mails.stop
        api_many.preview_companies api_many.change_companies api_many.done_to_companies
        api_many.undo_companies api_many.preview_students api_many.change_students
        api_many.done_to_students api_many.undo_students
        api_imports.last_of_students api_imports.preview_students api_imports.import_students
        api_imports.undo_students api_imports.last_of_companies api_imports.preview_companies
        api_imports.import_companies api_imports.undo_companies
        api_backups.take api_backups.remove
        api_fair.show api_fair.change api_fair.change_phase api_fair.set_call_length
        api_fair.set_by_lot api_fair.set_profile_editing api_fair.set_logo api_fair.remove_logo
        api_sign_up.show api_sign_up.change api_sign_up.change_word
        api_halls.screen api_halls.set_names api_halls.make_link api_halls.withdraw_link
        api_halls.show_map api_halls.set_map api_halls.remove_map api_halls.place
        api_halls.take_off
        api_company.close_queue api_company.open_queue api_company.leave api_company.swap
        api_company.set_pin api_company.remove_pin api_company.set_logo api_company.remove_logo
        api_student.deactivate api_student.reactivate api_student.doubles api_student.merge
        api_student_accounts.make_links api_student_accounts.removable api_student_accounts.remove
        api_team.every_member api_team.invite api_team.invite_again api_team.change_role
        api_team.remove api_team.remove_second_factor
        admin.keys.index admin.keys.make admin.keys.confirm_withdrawal admin.keys.withdraw
        api_keys.every_key api_keys.make api_keys.withdraw
        admin.webhooks.index admin.webhooks.make admin.webhooks.change_secret
        admin.webhooks.resume admin.webhooks.replay admin.webhooks.confirm_removal
        admin.webhooks.remove admin.webhooks.change_events
        api_webhooks.every_webhook api_webhooks.make api_webhooks.change_secret
        api_webhooks.resume api_webhooks.replay api_webhooks.remove api_webhooks.change_events
    """,
}

BY_ENDPOINT = {name: who for who, names in WHO_MAY.items() for name in names.split()}

_numbers = count(1)


@dataclass(frozen=True)
class Call:
    """One method of one address. `rule` is how the address is declared."""

    endpoint: str
    method: str
    rule: str
    arguments: frozenset[str]

    @property
    def who(self) -> Who:
        return BY_ENDPOINT[self.endpoint]

    @property
    def streams(self) -> bool:
        return self.rule.startswith("/live/") or self.rule.endswith("/events/")

    @property
    def for_programs(self) -> bool:
        of_programs = ("/api/", "/live/", "/health", "/push-subscriptions/")
        return self.rule.startswith(of_programs) and self.rule != API_DOCS

    @property
    def is_page(self) -> bool:
        return self.method == "GET" and not self.for_programs and self.endpoint != "static"

    def path(self, app, values) -> str:
        """The address with these values in it."""
        given = {name: values[name] for name in self.arguments}
        return str(app.url_map.bind("localhost").build(self.endpoint, given, self.method))


def calls(app) -> list[Call]:
    """Every method of every address there is."""
    return sorted(
        (
            Call(rule.endpoint, method, rule.rule, frozenset(rule.arguments))
            for rule in app.url_map.iter_rules()
            for method in METHODS & (rule.methods or set())
        ),
        key=lambda call: (call.rule, call.method),
    )


@dataclass(frozen=True)
class World:
    """Alice, called by TechCorp; Bob, called by a company of his own; and the team."""

    alice: Person
    bob: Person
    admin: Person
    desk: Person
    viewer: Person
    own: dict[str, object]
    """What Alice's addresses hold, with her company's link, or her own."""
    foreign: dict[str, object]
    """The same for Bob."""
    secrets: tuple[str, ...]
    """What nobody reads who may not."""

    def address(self, app, call: Call) -> str:
        """A call's address, about Alice and the company where she waits."""
        return call.path(app, self.values(call, self.own))

    def values(self, call: Call, values: dict[str, object]) -> dict[str, object]:
        kind = {Who.GUEST: "guest", Who.HALL: "screen"}.get(call.who, "link")
        of_students = "many_students" in call.endpoint or call.rule.startswith(
            "/api/admin/many/students/"
        )
        act = values["students_act" if of_students else "act_number"]
        return {**values, "token": values[kind], "act_number": act}


def world() -> World:
    """People and companies that nobody has touched yet, at an open fair."""
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    number = next(_numbers)
    alice, own = _somebody("Alice", f"Secretan{number}", f"TechCorp {number}")
    bob, foreign = _somebody("Bob", f"Brown{number}", f"Elsewhere {number}")
    told = (f"Secretan{number}", alice.email, str(own["link"]), str(own["guest"]))
    team = (factories.admin(), factories.member("desk"), factories.member("viewer"))
    return World(alice, bob, *team, own, foreign, told)


def _somebody(first_name, last_name, company_name):
    student = factories.student(first_name, last_name)
    company_id = factories.company(company_name)
    guest = factories.student("Gast", last_name)
    links = invitations.invite(actors.SYSTEM, [guest.student_id])
    logos.set_logo(actors.SYSTEM, company_id, factories.LOGO)
    fair.set_logo(actors.SYSTEM, factories.LOGO)
    hall_maps.set_map(actors.SYSTEM, "", factories.HALL_MAP)
    hall_maps.place(actors.SYSTEM, company_id, (3450, 2000))
    return student, {
        "entry_id": factories.entry(student, company_id),
        "alert": f"queue-{company_id}",
        "number": _message_to(student),
        "key": "0" * 32,
        "key_id": a_key(),
        "webhook_id": a_webhook(),
        "delivery_id": factories.delivery(a_webhook()),
        "edition_id": an_edition(),
        "rehearsal_id": factories.lost_rehearsal(),
        "act_number": many_companies.carry_out(actors.SYSTEM, ManyAct.HALL, [company_id], 0),
        "students_act": many_students.carry_out(actors.SYSTEM, ManyAct.DEACTIVATE, [], 0),
        "company_id": company_id,
        "company": company_name,
        "student_id": student.student_id,
        "link": factories.token(company_id),
        "guest": links[guest.student_id],
        "screen": screens_link(),
        "user_id": invited(),
        "sign_in_id": sign_ins.open_for(student.user_id, "a device").sign_in_id,
        "phase": "open",
        "what": "students",
        "filename": "common.js",
        "suffix": "csv",
        "code": hall_codes.code(student.student_id).replace(" ", ""),
        "digest": factories.LOGO.digest,
        "size": "small",
        "light": "1b4aa0",
        "dark": "ours",
    }


def a_key() -> int:
    """The id of a key: there are not without end."""
    for each in known_keys.living():
        return each.id
    return keys.make(factories.admin().actor, "badge printer", [Scope.READ]).id


def a_webhook() -> int:
    """The id of a server that is told: there are not without end."""
    for each in known_webhooks.servers():
        return each.id
    return webhooks.make(actors.SYSTEM, "https://hooks.example/x", ["interview_started"]).id


def an_edition() -> int:
    """The id of a past edition: its figures are of everything there has been, which takes long
    where many worlds have been."""
    for each in past_editions.editions():
        return each.id
    return factories.edition()


def invited() -> int:
    """The account of somebody who has not come into the team yet."""
    made = team.invite(actors.SYSTEM, f"guest{next(_numbers)}@example.org", Role.VIEWER)
    return made.user_id


def _message_to(student):
    """The number of a message to them."""
    sent = messages.to_student(actors.SYSTEM, student.student_id, "Come to the desk")
    return sent.recorded[0].number


def screens_link() -> str:
    """The hall's screen has one link for all; what is made last would end the one before."""
    return hall.screen().token or hall_screen.make_link(actors.SYSTEM)


def as_browser(client, person: Person | None) -> dict[str, str]:
    """Let a client be somebody's browser; returns the headers that its forms' token makes."""
    if person is None:
        return {}
    return {csrf.HEADER: csrf.token(person.sign_in(client).sign_in_id)}


FORMS = {"notes.write": {"text": "Kind"}, "student.entries.call_receipt": {"turn": "1"}}
"""Forms that are looked at before the entry they are about."""

BODIES = {"api_queues.see_call": {"turn": 1}}
"""The same of calls."""


def asking(there: World, who: Who) -> Person | None:
    """Who asks for what is open to them; None where the address itself is the proof, or open."""
    if who in (Who.ANYONE, Who.LINK, Who.GUEST, Who.HALL):
        return None
    return there.admin if who in OF_TEAM else there.alice


def sending(call: Call, headers: dict[str, str]) -> dict[str, object]:
    """The arguments of a request that says nothing, as a form or as JSON."""
    body: dict[str, object] = {}
    if call.rule.startswith("/api/") and call.method != "GET":
        body = {"json": BODIES.get(call.endpoint, {})}
    elif call.method == "POST":
        body = {"data": FORMS.get(call.endpoint, {})}
    return {"method": call.method, "headers": headers, **body}
