"""What a page does or shows, a program can do or read: each form and each page has its call."""

import re

import pytest

from tests.blueprints.who_may import calls

FORMS = """
admin.account.change_password             POST /api/auth/password/
admin.alerts.absent                       POST /api/admin/queues/{}/absent/
admin.alerts.complete                     POST /api/admin/queues/{}/complete/
admin.alerts.give_back                    DELETE /api/admin/alerts/{}/taking/
admin.alerts.make_available               POST /api/admin/alerts/companies/{}/available/
admin.alerts.take                         POST /api/admin/alerts/{}/taking/
admin.backups.download                    POST /api/admin/backups/
admin.backups.remove                      POST /api/admin/fair/removal/
admin.calls.change                        PUT /api/admin/fair/calls/
admin.companies.create                    POST /api/companies/admin/companies/
admin.companies.set_profile_editing       PUT /api/admin/fair/profile_editing/
admin.company.close_queue                 POST /api/companies/admin/companies/{}/close_queue/
admin.company.delete                      DELETE /api/companies/admin/companies/{}/
admin.company.edit                        PATCH /api/companies/admin/companies/{}/
admin.company.new_link                    POST /api/companies/admin/companies/{}/regenerate_token/
admin.company.open_queue                  POST /api/companies/admin/companies/{}/open_queue/
admin.company.pause                       POST /api/companies/admin/companies/{}/pause/
admin.company.resume                      POST /api/companies/admin/companies/{}/resume/
admin.editions.close                      POST /api/admin/editions/
admin.emergency.pause_companies           POST /api/admin/emergency/pause/
admin.emergency.resume_companies          POST /api/admin/emergency/resume/
admin.emergency.students_available        POST /api/students/admin/students/bulk-available/
admin.fair_page.change                    PATCH /api/admin/fair/
admin.fair_page.change_logo               PUT /api/admin/fair/logo/
admin.fair_page.remove_logo               DELETE /api/admin/fair/logo/
admin.fair_page.set_by_lot                PUT /api/admin/fair/lot/
admin.hall_map.change                     PUT /api/admin/halls/map/
admin.hall_map.place                      PUT /api/admin/halls/map/stands/{}/
admin.hall_map.remove                     DELETE /api/admin/halls/map/
admin.hall_screen.make_link               POST /api/admin/hall_screen/link/
admin.hall_screen.set_names               PATCH /api/admin/hall_screen/
admin.hall_screen.withdraw_link           DELETE /api/admin/hall_screen/link/
admin.import_undo.undo                    POST /api/admin/imports/students/undo/
admin.imports.carry_out                   POST /api/admin/imports/students/
admin.imports.choose                      POST /api/admin/imports/students/preview/
admin.imports.preview                     POST /api/admin/imports/students/preview/
admin.invitations.create                  POST /api/students/admin/links/
admin.invitations.create_anew             POST /api/students/admin/links/
admin.invitations.create_one              POST /api/students/admin/students/{}/link/
admin.keys.make                           POST /api/admin/keys/
admin.keys.withdraw                       DELETE /api/admin/keys/{}/
admin.leaving.leave                       POST /api/companies/admin/companies/{}/leave/
admin.link_mails.preview                  POST /api/admin/link_mails/preview/
admin.link_mails.send                     POST /api/admin/link_mails/
admin.link_mails.stop                     POST /api/admin/link_mails/stop/
admin.links.download                      POST /api/admin/links/
admin.links.give_pins                     POST /api/admin/links/pins/
admin.logo.change                         PUT /api/companies/admin/companies/{}/logo/
admin.logo.remove                         DELETE /api/companies/admin/companies/{}/logo/
admin.many.carry_out                      POST /api/admin/many/companies/
admin.many.undo                           POST /api/admin/many/companies/{}/undo/
admin.many_students.carry_out             POST /api/admin/many/students/
admin.many_students.undo                  POST /api/admin/many/students/{}/undo/
admin.merging.merge                       POST /api/students/admin/students/{}/merge/
admin.messages.send                       POST /api/admin/messages/
admin.messages.send_to_student            POST /api/admin/messages/
admin.messages.withdraw                   DELETE /api/admin/messages/{}/
admin.overview.change_phase               PUT /api/admin/fair/phase/
admin.paper_interviews.enter              POST /api/companies/admin/companies/{}/paper_interviews/
admin.pin.change                          PUT /api/companies/admin/companies/{}/pin/
admin.pin.remove                          DELETE /api/companies/admin/companies/{}/pin/
admin.queue.absent                        POST /api/admin/queues/{}/absent/
admin.queue.add                           POST /api/companies/admin/companies/{}/force_add_student/
admin.queue.complete                      POST /api/admin/queues/{}/complete/
admin.queue.move                          POST /api/admin/queues/{}/move/
admin.queue.present                       POST /api/admin/queues/{}/present/
admin.queue.remove                        DELETE /api/queues/{}/
admin.queue.reorder                       POST /api/companies/admin/companies/{}/reorder_queue/
admin.queue.undo_completion               POST /api/admin/queues/{}/undo_completion/
admin.removal.remove                      POST /api/students/admin/removal/
admin.second_factor.new_codes             POST /api/admin/account/second_factor/codes/
admin.second_factor.set_up                POST /api/admin/account/second_factor/
admin.second_factor.turn_off              DELETE /api/admin/account/second_factor/
admin.rehearsals.cancel                   POST /api/admin/rehearsals/{}/cancel/
admin.rehearsals.start                    POST /api/admin/rehearsals/
admin.sign_up.change                      PATCH /api/admin/sign_up/
admin.sign_up.change_word                 PUT /api/admin/sign_up/word/
admin.sign_up.new_word                    PUT /api/admin/sign_up/word/
admin.student.absent                      POST /api/admin/queues/{}/absent/
admin.student.add                         POST /api/companies/admin/companies/{}/force_add_student/
admin.student.complete                    POST /api/admin/queues/{}/complete/
admin.student.confirm_address             POST /api/students/admin/students/{}/confirm_address/
admin.student.deactivate                  POST /api/students/admin/students/{}/deactivate/
admin.student.delete                      DELETE /api/students/admin/students/{}/
admin.student.edit                        PATCH /api/students/admin/students/{}/
admin.student.force_status                PATCH /api/students/admin/students/{}/
admin.student.present                     POST /api/admin/queues/{}/present/
admin.student.reactivate                  POST /api/students/admin/students/{}/reactivate/
admin.student.remove                      DELETE /api/queues/{}/
admin.student.reset_password              POST /api/students/admin/students/{}/reset_password/
admin.student.undo_completion             POST /api/admin/queues/{}/undo_completion/
admin.students.create                     POST /api/students/admin/students/
admin.swapping.swap                       POST /api/companies/admin/companies/{}/swap/
admin.team.change_role                    PATCH /api/admin/team/{}/
admin.team.invite                         POST /api/admin/team/
admin.team.invite_again                   POST /api/admin/team/{}/link/
admin.team.remove                         DELETE /api/admin/team/{}/
admin.team.remove_factor                  DELETE /api/admin/team/{}/second_factor/
admin.webhooks.change_events              PATCH /api/admin/webhooks/{}/
admin.webhooks.change_secret              POST /api/admin/webhooks/{}/secret/
admin.webhooks.make                       POST /api/admin/webhooks/
admin.webhooks.remove                     DELETE /api/admin/webhooks/{}/
admin.webhooks.replay                     POST /api/admin/webhooks/deliveries/{}/replay/
admin.webhooks.resume                     POST /api/admin/webhooks/{}/resume/
auth.register                             POST /api/auth/register/
auth.sign_in                              POST /api/auth/login/
auth.sign_out                             POST /api/auth/logout/
company.absent                            POST /api/company/{}/queues/{}/absent/
company.close_queue                       PATCH /api/company/{}/queue/
company.complete                          POST /api/company/{}/queues/{}/complete/
company.open_queue                        PATCH /api/company/{}/queue/
company.pause                             PATCH /api/companies/{}/status/
company.resume                            PATCH /api/companies/{}/status/
company.start                             POST /api/company/{}/queues/{}/start/
company.undo                              POST /api/company/{}/queues/{}/undo_completion/
company.undo_start                        POST /api/company/{}/queues/{}/undo_start/
confirm_password.give                     POST /api/auth/confirm/
door_sign.put_up                          PUT /api/companies/{}/sign/
door_sign.take_down                       DELETE /api/companies/{}/sign/
new_password.change                       POST /api/auth/password/
notes.write                               PATCH /api/company/{}/queues/{}/note/
own_profile.change_logo                   PUT /api/company/{}/profile/logo/
own_profile.edit                          PATCH /api/company/{}/profile/
privacy.delete                            DELETE /api/students/me/
push_subscriptions.subscribe              PUT /api/students/me/push_subscriptions/
push_subscriptions.unsubscribe            DELETE /api/students/me/push_subscriptions/
sign_in_code.give                         POST /api/auth/login/
sign_ins.end                              DELETE /api/auth/devices/{}/
sign_ins.end_others                       DELETE /api/auth/devices/
stand_messages.put_away                   POST /api/company/{}/messages/put_away/
student.address.change                    PATCH /api/auth/address/
student.address.confirm                   POST /api/auth/address/confirm/
student.address.send_code                 POST /api/auth/address/code/
student.companies.favourite               PUT /api/companies/{}/favourite/
student.companies.join                    POST /api/queues/
student.companies.note                    PUT /api/students/me/met/{}/note/
student.entries.call_receipt              POST /api/queues/{}/seen/
student.entries.hold                      POST /api/queues/{}/coming/
student.entries.leave                     DELETE /api/queues/{}/
student.entries.leave_all                 DELETE /api/queues/
student.entries.pass_turn                 POST /api/queues/{}/pass/
student.entries.presence                  POST /api/queues/{}/present/
student.entries.start                     POST /api/queues/{}/start/
student.entries.undo_start                POST /api/queues/{}/undo_start/
student.notifications.put_away            POST /api/students/me/messages/put_away/
student.profile.change_password           POST /api/auth/password/
student.profile.introduce                 PATCH /api/students/me/introduction/
student.profile.rename                    PATCH /api/students/me/
student.profile.show_nothing              PATCH /api/students/me/introduction/
student.status.available                  PATCH /api/students/me/status/
student.status.pause                      PATCH /api/students/me/status/
"""
"""Each form and the call that does the same."""

FORMS_ALONE = {
    "admin.backups.restore": "It puts another fair in the place of the one that is there.",
    "admin.backups.upload": "Somebody looks at what a backup holds before it is restored.",
    "auth.language": "A program says its language in Accept-Language.",
    "invitation.accept": "Its link leads a person to a page, to choose a password there.",
    "pin.give": "A program sends the stand's PIN with each request.",
    "reset.ask": "What is mailed is a link to a page.",
    "school.complete": "The school's provider asks for a browser.",
    "school.start": "The school's provider asks for a browser.",
}
"""Forms that need no call, and why."""

FORMS_LATER = """

"""
"""Forms whose call is not built yet."""

PAGES = """
admin.account.index                       GET /api/auth/devices/
admin.alerts.index                        GET /api/admin/alerts/
admin.audit.company_story                 GET /api/admin/audit/companies/{}/
admin.audit.index                         GET /api/admin/audit/
admin.audit.student_story                 GET /api/admin/audit/students/{}/
admin.calls.form                          GET /api/admin/fair/
admin.companies.index                     GET /api/companies/admin/companies/
admin.company.index                       GET /api/companies/admin/companies/{}/queue/
admin.desk.index                          GET /api/students/admin/students/
admin.desk.student                        GET /api/students/admin/students/{}/
admin.editions.day                        GET /api/admin/editions/{}/day/
admin.editions.hours                      GET /api/admin/editions/{}/hours/
admin.editions.index                      GET /api/admin/editions/
admin.editions.report                     GET /api/admin/editions/{}/
admin.exports.audit                       GET /api/admin/exports/audit/
admin.exports.companies                   GET /api/admin/exports/companies/
admin.exports.entries                     GET /api/admin/exports/entries/
admin.exports.interviews                  GET /api/admin/exports/interviews/
admin.exports.students                    GET /api/admin/exports/students/
admin.fair_page.index                     GET /api/admin/fair/
admin.hall_map.index                      GET /api/admin/halls/map/
admin.hall_screen.index                   GET /api/admin/hall_screen/
admin.imports.form                        GET /api/admin/imports/students/
admin.invitations.index                   GET /api/students/admin/links/
admin.keys.index                          GET /api/admin/keys/
admin.link_mails.index                    GET /api/admin/link_mails/
admin.links.index                         GET /api/admin/links/
admin.logo.form                           GET /api/companies/admin/companies/{}/
admin.many.ask                            POST /api/admin/many/companies/preview/
admin.many.done                           GET /api/admin/many/companies/{}/
admin.many_students.ask                   POST /api/admin/many/students/preview/
admin.many_students.done                  GET /api/admin/many/students/{}/
admin.messages.index                      GET /api/admin/messages/
admin.overview.index                      GET /api/admin/dashboard/
admin.pin.form                            GET /api/companies/admin/companies/{}/
admin.rehearsals.index                    GET /api/admin/rehearsals/
admin.rehearsals.show                     GET /api/admin/rehearsals/{}/
admin.report.day                          GET /api/admin/report/day/
admin.report.hours                        GET /api/admin/report/hours/
admin.report.index                        GET /api/admin/report/
admin.second_factor.form                  POST /api/admin/account/second_factor/secret/
admin.sign_up.index                       GET /api/admin/sign_up/
admin.student.index                       GET /api/students/admin/students/{}/
admin.students.index                      GET /api/students/admin/students/
admin.team.index                          GET /api/admin/team/
admin.webhooks.index                      GET /api/admin/webhooks/
company.dashboard                         GET /api/companies/{}/
draw.index                                GET /api/draw/
figures.index                             GET /api/company/{}/figures/
hall.screen                               GET /api/hall_screens/{}/
notes.file                                GET /api/companies/{}/met/
notes.index                               GET /api/companies/{}/met/
own_profile.index                         GET /api/company/{}/profile/
privacy.download                          GET /api/students/me/data/
student.address.index                     GET /api/students/me/
student.companies.company                 GET /api/companies/{}/profile/
student.companies.day                     GET /api/students/me/met/
student.companies.index                   GET /api/companies/
student.dashboard.index                   GET /api/queues/opportunities/
student.dashboard.interview               GET /api/students/me/
student.history.index                     GET /api/students/me/history/
student.notifications.index               GET /api/students/me/notifications/
student.profile.index                     GET /api/students/me/introduction/
"""
"""Each page that shows what is stored and the call that reads the same."""

PAGES_ALONE = {
    "A form that is empty still.": """
        admin.companies.form admin.students.form admin.messages.to_student
        auth.register_form auth.sign_in_form confirm_password.form new_password.form pin.form
        reset.index school.name_form sign_in_code.form
        """,
    "A question before an act; a program asks its own people.": """
        admin.backups.preview
        admin.backups.confirm_removal admin.company.confirm_delete admin.company.confirm_new_link
        admin.editions.confirm admin.emergency.confirm_pause_companies
        admin.emergency.confirm_resume_companies admin.emergency.confirm_students_available
        admin.invitations.confirm_anew admin.keys.confirm_withdrawal
        admin.leaving.confirm admin.merging.ask
        admin.overview.confirm_phase admin.removal.confirm
        admin.second_factor.confirm_off admin.student.confirm_delete
        admin.team.confirm_remove admin.team.confirm_remove_factor
        admin.webhooks.confirm_removal
        privacy.confirm_deletion
        """,
    "Explains, and shows nothing that is stored.": """
        admin.backups.index
        admin.exports.index admin.guide.index auth.check_cookies company.help_page privacy.index
        school.signed_out student.help.index web_app.offline
        """,
    "Paper, made of what other calls read.": """
        admin.links.code admin.paper.index admin.printing.link admin.printing.links
        admin.printing.poster admin.printing.posters
        """,
    "Leads on to another page.": """
        admin.desk.badge auth.home invitation.welcome school.come_back student.companies.arrive
        """,
    "A file for browsers; what a program needs of it is named in the answers.": """
        colours.stylesheet hall_maps.file icon logos.file logos.of_fair
        web_app.manifest web_app.service_worker
        """,
}
"""Pages that need no call, by why."""

PAGES_LATER = """

"""
"""Pages whose call is not built yet."""

ALONE = {
    "forms": set(FORMS_ALONE),
    "pages": {name for names in PAGES_ALONE.values() for name in names.split()},
}
TABLES = {"forms": FORMS, "pages": PAGES}
LATER = {"forms": FORMS_LATER.split(), "pages": PAGES_LATER.split()}


def nameless(rule):
    return re.sub(r"<[^>]+>", "{}", rule)


def paired(table):
    """The pairs of a table: what a page has, and the call that does the same."""
    return [tuple(line.split(maxsplit=1)) for line in table.strip().splitlines()]


@pytest.fixture
def served(app):
    """What pages have, and what programs can call."""
    every = calls(app)
    of_pages = [call for call in every if not call.rule.startswith("/api/")]
    return {
        "forms": {call.endpoint for call in of_pages if call.method != "GET"},
        "pages": {call.endpoint for call in of_pages if call.is_page},
        "calls": {f"{call.method} {nameless(call.rule)}" for call in every}
        - {f"{call.method} {nameless(call.rule)}" for call in of_pages},
    }


@pytest.mark.parametrize("kind", TABLES)
def test_everything_that_pages_have_is_in_one_table(served, kind):
    paired_with = [name for name, _call in paired(TABLES[kind])]
    held = [*paired_with, *ALONE[kind], *LATER[kind]]
    assert sorted(held) == sorted(served[kind])


@pytest.mark.parametrize("kind", TABLES)
def test_every_call_of_the_tables_is_there(served, kind):
    assert {call for _name, call in paired(TABLES[kind])} <= served["calls"]


def test_every_reason_is_a_sentence():
    for reason in (*FORMS_ALONE.values(), *PAGES_ALONE):
        assert reason[0].isupper()
        assert reason.endswith(".")
