"""Plays a fair by the client that openapi-python-client generates: `play.py URL EMAIL PASSWORD`."""

import sys

from fair_client import AuthenticatedClient, Client
from fair_client.api.companies import companies_create
from fair_client.api.fair import dashboard_dashboard, fair_change_phase
from fair_client.api.signing_in import auth_change_password, auth_sign_in
from fair_client.api.stand import queues_called, queues_complete
from fair_client.api.student import queues_join, queues_start, students_change_my_status
from fair_client.api.students import students_admit
from fair_client.models import (
    CompanyCreation,
    CredentialsAndCode,
    Joining,
    NewPhase,
    OwnStatusChange,
    PasswordChange,
    Problem,
    StudentAdmission,
)
from fair_client.models.own_status_change_status import OwnStatusChangeStatus
from fair_client.models.phase import Phase

url, email, password = sys.argv[1:]
FIRST, OWN = "handed out at the door", "chosen by oneself"
nobody = Client(base_url=url, raise_on_unexpected_status=True)


def done(answer):
    assert not isinstance(answer, Problem), answer
    return answer


def signed_in(email, password):
    body = CredentialsAndCode(email=email, password=password)
    tokens = done(auth_sign_in.sync(client=nobody, body=body))
    return AuthenticatedClient(base_url=url, token=tokens.access, raise_on_unexpected_status=True)


def admitted(organiser, name):
    email = f"{name}.python@example.org"
    person = StudentAdmission(email=email, password=FIRST, first_name=name, last_name="Python")
    done(students_admit.sync(client=organiser, body=person))
    student = signed_in(email, FIRST)
    change = PasswordChange(current_password=FIRST, new_password=OWN)
    done(auth_change_password.sync(client=student, body=change))
    return student


organiser = signed_in(email, password)
done(fair_change_phase.sync(client=organiser, body=NewPhase(phase=Phase.OPEN)))
stand = done(companies_create.sync(client=organiser, body=CompanyCreation(name="Python Works")))
students = [admitted(organiser, name) for name in ("alice", "bob", "chloe")]
places = [
    done(queues_join.sync(client=each, body=Joining(company=stand.id))).id for each in students
]
for student, place in zip(students, places, strict=True):
    called = queues_called.sync(stand.access_token, client=nobody)
    assert [each.queue_id for each in called.next_students] == [place], called
    done(queues_start.sync(place, client=student))
    done(queues_complete.sync(stand.access_token, place, client=nobody))
    status = OwnStatusChange(status=OwnStatusChangeStatus.AVAILABLE)
    done(students_change_my_status.sync(client=student, body=status))
sys.stdout.write(str(dashboard_dashboard.sync(client=organiser).completed_interviews))
