"""An organiser's browser: signed in, with its forms' token, in English."""

from copy import copy

from jobfair.web.pages.responses import FRAGMENTS
from jobfair.web.security.browsers import csrf
from tests.support import factories


class Organiser:
    """Opens pages and sends forms. `say` is what a script sends and gets fragments for."""

    def __init__(self, client):
        self._client = client
        sign_in = factories.admin().sign_in(client)
        self._headers = {
            "X-CSRF-Token": csrf.token(sign_in.sign_in_id),
            "Accept-Language": "en",
        }

    def at(self, address):
        """The same browser with a page open, from which it sends its forms."""
        there = copy(self)
        there._headers = self._headers | {"Referer": f"http://localhost{address}"}
        return there

    def get(self, path, **query):
        # Whole: a file that is sent while it is written is read where its request still runs.
        query_string = query or None
        return self._client.get(
            path, headers=self._headers, query_string=query_string, buffered=True
        )

    def look(self, path, **query):
        """The fragments of a page, as for a search while somebody types."""
        headers = {**self._headers, "Accept": FRAGMENTS}
        return self._client.get(path, headers=headers, query_string=query or None)

    def post(self, path, **form):
        return self._client.post(path, data=form, headers=self._headers, buffered=True)

    def say(self, path, **form):
        headers = {**self._headers, "Accept": FRAGMENTS}
        return self._client.post(path, data=form, headers=headers)

    def follow(self, answer):
        """The page that a form's answer leads to."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.location)
