"""Programs that call the JSON interface."""


class Program:
    """Calls on behalf of a person, by a key, or of nobody."""

    def __init__(self, client, person=None, key=None):
        self._client = client
        self._headers = {} if person is None else person.bearer()
        if key is not None:
            self._headers = {"Authorization": f"Bearer {key.secret}"}

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.call("POST", path, json=body, **more)

    def patch(self, path, body=None, **more):
        return self.call("PATCH", path, json=body, **more)

    def put(self, path, body=None, **more):
        return self.call("PUT", path, json=body, **more)

    def delete(self, path, **more):
        return self.call("DELETE", path, **more)

    def call(self, method, path, headers=None, **more):
        """Any request, as the test client's `open` takes it."""
        headers = {**self._headers, **(headers or {})}
        return self._client.open(path, method=method, headers=headers, **more)


def refused(answer):
    """The status and code of a refusal, which always says something too."""
    assert answer.json["detail"]
    return answer.status_code, answer.json["code"]


def wrong_fields(answer):
    """The names of the fields that were refused, each with a sentence."""
    assert refused(answer) == (400, "invalid")
    assert all(answer.json["errors"].values())
    return set(answer.json["errors"])


def is_utc(text):
    """Whether a time is written as ISO 8601 in UTC with `Z`."""
    return len(text) >= 20 and text[10] == "T" and text.endswith("Z")
