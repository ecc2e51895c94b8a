"""The OpenAPI document: every call is in it, and nothing else."""

import re

import pytest

from tests.blueprints.who_may import API_DOCS
from tests.support import factories
from tests.support.programs import Program

OF_THE_SPEC = """
POST /api/auth/register/
POST /api/auth/login/
POST /api/auth/refresh/
POST /api/auth/logout/
POST /api/auth/password/
GET POST /api/admin/keys/
DELETE /api/admin/keys/{}/
GET POST /api/admin/webhooks/
DELETE PATCH /api/admin/webhooks/{}/
POST /api/admin/webhooks/{}/secret/
POST /api/admin/webhooks/{}/resume/
POST /api/admin/webhooks/deliveries/{}/replay/
GET POST /api/admin/team/
PATCH DELETE /api/admin/team/{}/
POST /api/admin/team/{}/link/
DELETE /api/admin/team/{}/second_factor/
POST /api/auth/confirm/
GET /api/auth/me/
POST /api/auth/address/code/
POST /api/auth/address/confirm/
PATCH /api/auth/address/
POST /api/students/admin/students/{}/confirm_address/
GET DELETE /api/auth/devices/
DELETE /api/auth/devices/{}/
GET PATCH DELETE /api/students/me/
GET /api/students/me/data/
PATCH /api/students/me/status/
GET /api/companies/
GET /api/companies/favourites/
GET /api/students/me/introduction/
PATCH /api/students/me/introduction/
PUT DELETE /api/companies/{}/favourite/
GET POST /api/queues/
DELETE /api/queues/{}/
POST /api/queues/{}/start/
POST /api/queues/{}/undo_start/
POST /api/queues/{}/coming/
POST /api/queues/{}/pass/
POST /api/queues/{}/present/
GET /api/queues/opportunities/
GET /api/companies/{}/
PATCH /api/companies/{}/status/
PUT DELETE /api/companies/{}/sign/
POST /api/company/{}/queues/next/
POST /api/company/{}/queues/{}/complete/
POST /api/company/{}/queues/{}/undo_start/
POST /api/company/{}/queues/{}/undo_completion/
POST /api/company/{}/queues/{}/absent/
GET /api/companies/{}/met/
PATCH /api/company/{}/queues/{}/note/
GET /api/students/me/met/
PUT /api/students/me/met/{}/note/
GET /api/admin/dashboard/
GET POST /api/companies/admin/companies/
GET PATCH DELETE /api/companies/admin/companies/{}/
POST /api/companies/admin/companies/{}/regenerate_token/
POST /api/companies/admin/companies/{}/pause/
POST /api/companies/admin/companies/{}/resume/
GET /api/companies/admin/companies/{}/queue/
POST /api/companies/admin/companies/{}/reorder_queue/
POST /api/companies/admin/companies/{}/force_add_student/
POST /api/companies/admin/companies/{}/paper_interviews/
POST /api/companies/admin/companies/bulk-resume/
POST /api/companies/admin/companies/bulk-pause/
GET POST /api/students/admin/students/
GET PATCH DELETE /api/students/admin/students/{}/
POST /api/students/admin/students/bulk-available/
GET /api/admin/alerts/
POST DELETE /api/admin/alerts/{}/taking/
GET /api/admin/messages/
DELETE /api/admin/messages/{}/
GET PATCH /api/admin/fair/
PUT /api/admin/fair/phase/
PUT /api/admin/fair/calls/
PUT /api/admin/fair/profile_editing/
PUT /api/admin/fair/lot/
PUT DELETE /api/admin/fair/logo/
GET PATCH /api/admin/sign_up/
PUT /api/admin/sign_up/word/
GET PATCH /api/admin/hall_screen/
POST DELETE /api/admin/hall_screen/link/
GET PUT DELETE /api/admin/halls/map/
PUT DELETE /api/admin/halls/map/stands/{}/
POST /api/admin/messages/
POST /api/admin/alerts/companies/{}/available/
GET /api/admin/emergency/
POST /api/admin/emergency/pause/
POST /api/admin/emergency/resume/
GET /api/admin/audit/
GET /api/admin/audit/students/{}/
GET /api/admin/audit/companies/{}/
GET /api/admin/report/
GET /api/admin/report/hours/
GET /api/admin/report/day/
GET /api/admin/editions/{}/day/
GET POST /api/admin/editions/
GET /api/admin/editions/{}/
GET /api/admin/editions/{}/hours/
GET POST /api/admin/rehearsals/
GET /api/admin/rehearsals/{}/
POST /api/admin/rehearsals/{}/cancel/
DELETE /api/queues/
POST /api/queues/{}/seen/
GET /api/students/me/messages/
POST /api/students/me/messages/put_away/
GET /api/students/me/notifications/
GET /api/students/me/history/
GET /api/queues/{}/why/
GET /api/admin/queues/{}/why/
GET /api/students/me/badge/
GET /api/students/me/push_subscriptions/key/
PUT DELETE /api/students/me/push_subscriptions/
GET /api/companies/{}/profile/
PATCH /api/company/{}/queue/
POST /api/company/{}/queues/{}/start/
GET /api/company/{}/messages/
POST /api/company/{}/messages/put_away/
GET PATCH /api/company/{}/profile/
PUT /api/company/{}/profile/logo/
GET /api/company/{}/figures/
POST /api/companies/admin/companies/{}/close_queue/
POST /api/companies/admin/companies/{}/open_queue/
POST /api/companies/admin/companies/{}/leave/
POST /api/companies/admin/companies/{}/swap/
PUT DELETE /api/companies/admin/companies/{}/pin/
PUT DELETE /api/companies/admin/companies/{}/logo/
POST /api/admin/queues/{}/complete/
POST /api/admin/queues/{}/undo_completion/
POST /api/admin/queues/{}/absent/
POST /api/admin/queues/{}/present/
POST /api/admin/queues/{}/move/
POST /api/students/admin/students/{}/deactivate/
POST /api/students/admin/students/{}/reactivate/
POST /api/students/admin/students/{}/reset_password/
POST /api/students/admin/students/{}/link/
GET /api/students/admin/students/{}/doubles/
POST /api/students/admin/students/{}/merge/
GET POST /api/students/admin/links/
GET POST /api/students/admin/removal/
GET /api/students/admin/badges/{}/
GET /api/hall_screens/{}/
GET /api/draw/
GET /api/draw/{}/
GET /api/admin/exports/students/
GET /api/admin/exports/companies/
GET /api/admin/exports/entries/
GET /api/admin/exports/interviews/
GET /api/admin/exports/audit/
GET POST /api/admin/links/
POST /api/admin/links/pins/
GET POST /api/admin/link_mails/
POST /api/admin/link_mails/preview/
POST /api/admin/link_mails/stop/
POST /api/admin/many/companies/
POST /api/admin/many/companies/preview/
GET /api/admin/many/companies/{}/
POST /api/admin/many/companies/{}/undo/
POST /api/admin/many/students/
POST /api/admin/many/students/preview/
GET /api/admin/many/students/{}/
POST /api/admin/many/students/{}/undo/
GET POST /api/admin/imports/students/
POST /api/admin/imports/students/preview/
POST /api/admin/imports/students/undo/
GET POST /api/admin/imports/companies/
POST /api/admin/imports/companies/preview/
POST /api/admin/imports/companies/undo/
POST /api/admin/backups/
POST /api/admin/fair/removal/
GET POST DELETE /api/admin/account/second_factor/
POST /api/admin/account/second_factor/secret/
POST /api/admin/account/second_factor/codes/
GET /api/events/
GET /api/company/{}/events/
GET /api/openapi.json
"""


@pytest.fixture
def document(client):
    return client.get("/api/openapi.json").json


def calls(document):
    return {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }


def nameless(path):
    return re.sub(r"[{<][^}>]+[}>]", "{}", path)


def test_every_call_is_described_and_nothing_else(app, document):
    served = {
        (method, nameless(rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.rule != API_DOCS
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(method, nameless(path)) for method, path in calls(document)} == served


def test_the_calls_are_those_of_the_spec(document):
    wanted = set()
    for line in OF_THE_SPEC.strip().splitlines():
        *methods, path = line.split()
        wanted |= {(method, path) for method in methods}
    assert {(method, nameless(path)) for method, path in calls(document)} == wanted


def test_every_reference_leads_somewhere(document):
    named = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert "#/$defs/" not in str(document)
    assert named == set(document["components"]["schemas"])


def test_every_call_says_what_it_is_for_and_answers(document):
    names = []
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert "503" in operation["responses"]
            names.append(operation["operationId"])
    assert len(set(names)) == len(names)


def test_what_is_open_to_anyone_is_exactly_what_asks_nobody_to_sign_in(client, document):
    for method, path in calls(document):
        secured = {"bearer": []} in document["paths"][path][method.lower()]["security"]
        answer = client.open(re.sub(r"{[^}]+}", "1", path), method=method, json={})
        assert (answer.status_code == 401) == secured, path


def test_answers_have_the_fields_that_the_document_says(client, document):
    as_admin = Program(client, factories.admin())
    factories.company()
    (made,) = as_admin.get("/api/companies/admin/companies/").json
    assert set(made) == set(document["components"]["schemas"]["Company"]["properties"])
