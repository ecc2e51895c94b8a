"""Somebody's browser: signed in, with its forms' token, in English."""

from jobfair.web.security.browsers import csrf


class Browser:
    """Opens pages and sends forms. `sign_in_id` is its own sign-in."""

    def __init__(self, client, person):
        self._client = client
        self.sign_in_id = person.sign_in(client).sign_in_id
        self._headers = {
            "X-CSRF-Token": csrf.token(self.sign_in_id),
            "Accept-Language": "en",
        }

    def get(self, path):
        return self._client.get(path, headers=self._headers)

    def post(self, path, **form):
        return self._client.post(path, data=form, headers=self._headers)
