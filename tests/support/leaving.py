"""A student who has left words wherever a student can, and goes."""

from jobfair.domain.refusals import Refusal
from jobfair.fields.students.students import Registration
from jobfair.services.access import invitations, school_accounts, sign_ins
from jobfair.services.access.school_accounts import SchoolIdentity
from jobfair.services.fair import messages
from jobfair.services.students import introductions
from jobfair.web.pages.responses import FRAGMENTS
from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.push_service import FakeBrowser

FORMER, FIRST, LAST = "Zyxvornia", "Quorblina", "Snaffelborg"
OLD_ADDRESS, ADDRESS = "Zyx.Vornstein@Old.example.org", "quor.blinstein@new.example.org"
MESSAGE, NOTE, DEVICE, ENDPOINT = "wuffelglanz", "krixbandel", "flobbertron", "endpunktor"
SUBJECT = "schulkontor"
STUDIES, SENTENCE, NEXT_STEP, OWN_NOTE = "glimbologie", "brastulent", "vortexanruf", "memoplonk"
SHOWN = {
    "studies": STUDIES,
    "year": "M2",
    "seeking": "phd",
    "sentence": SENTENCE,
    "link": "https://krimbolo.example",
}
WORDS = (
    *(FORMER, FIRST, LAST, "Vornstein", "blinstein", MESSAGE, NOTE, DEVICE, ENDPOINT, SUBJECT),
    *(STUDIES, SENTENCE, "krimbolo", NEXT_STEP, OWN_NOTE),
)
"""Nothing else that a fair stores says them."""


class Leaver:
    """A student who has left words wherever a student can."""

    def __init__(self, app):
        self._app = app
        self.organiser = factories.admin()
        self.company_id = factories.company("Acme")
        given = Registration(
            email=OLD_ADDRESS, password=PASSWORD, first_name=FORMER, last_name=LAST
        )
        self.person = factories.student(**given.model_dump(exclude={"password"}))
        self.id = self.person.student_id
        self.phone = sign_ins.open_for(self.person.user_id, f"Mozilla ({DEVICE})")
        invitations.invite(self.organiser.actor, [self.id])

    def does_everything(self):
        own, organiser = self._browser(self.person), self._browser(self.organiser)
        guess = {"email": OLD_ADDRESS, "password": "wrong"}
        assert self._app.test_client().post("/login", data=guess).status_code == 401
        known = SchoolIdentity("https://school.example", SUBJECT, self.person.email, "", "", False)
        assert not isinstance(school_accounts.open_account(known), Refusal)
        entry_id = factories.interview(self.person, self.company_id)
        own("/profile", first_name=FIRST, last_name=LAST)
        own(f"/companies/{self.company_id}/favourite", wanted="1")
        assert (
            introductions.change(self.person.actor, {**SHOWN, "shows_introduction": True}) is None
        )
        organiser(f"/admin/students/{self.id}", email=ADDRESS, first_name=FIRST, last_name=LAST)
        assert not isinstance(messages.to_student(self.organiser.actor, self.id, MESSAGE), Refusal)
        own(
            "/push-subscriptions/",
            **FakeBrowser("https://push.services.mozilla.com", ENDPOINT).form,
        )
        stand = f"/company/{factories.token(self.company_id)}"
        said = {"text": NOTE, "verdict": "again", "next_step": NEXT_STEP}
        self._post(self._app.test_client(), f"{stand}/queues/{entry_id}/note", **said)
        own(f"/my-day/notes/{self.company_id}", text=OWN_NOTE)
        # A neighbour's answer names them, too.
        self._browser(factories.student("Bob"))(f"/companies/{self.company_id}/join")

    def deletes_the_account(self):
        self._browser(self.person)("/profile/delete", password=PASSWORD)

    def is_deleted_by_an_organiser(self):
        self._browser(self.organiser)(f"/admin/students/{self.id}/delete")

    def _browser(self, person):
        client = self._app.test_client()
        client.set_cookie("kept", "yes")
        token = csrf.token(person.sign_in(client).sign_in_id)
        return lambda path, **form: self._post(client, path, csrf_token=token, **form)

    def _post(self, client, path, **form):
        data = {**form, "idempotency_key": f"key of {path}"}
        answer = client.post(path, data=data, headers={"Accept": FRAGMENTS})
        assert answer.status_code < 400, (path, answer.text)
