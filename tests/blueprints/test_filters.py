"""Odd characters in what a page is filtered, searched and sorted by: each by itself.

Which names a page reads is seen while it is asked, so that a new one is tried as well.
"""

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from tests.blueprints.who_may import asking, calls, world

ODD = ["%00", "a%00b", "admin%00-1", "%FF", "%F0%9F%8E%93", "%EF%BF%BF", "9" * 40]


@pytest.fixture
def app(app_on_both_databases):
    return app_on_both_databases


@pytest.fixture
def read(app, monkeypatch):
    """The names that have been read from addresses."""
    names = set()

    class Watched(ImmutableMultiDict):
        def get(self, key, *more, **others):
            names.add(key)
            return super().get(key, *more, **others)

        def __contains__(self, key):
            names.add(key)
            return super().__contains__(key)

    monkeypatch.setattr(app.request_class, "parameter_storage_class", Watched)
    return names


@pytest.mark.system
def test_no_page_breaks_on_an_odd_character_in_what_it_is_asked(app, client, read):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    there, broken, tried = world(), [], set()
    for call in calls(app):
        if not call.is_page:
            continue
        person = asking(there, call.who)
        headers = {} if person is None else person.bearer()
        path = there.address(app, call)
        read.clear()
        client.get(path, headers=headers, buffered=True)
        for name in sorted(read):
            tried.add((call.endpoint, name))
            for text in ODD:
                answer = client.get(f"{path}?{name}={text}", headers=headers, buffered=True)
                if answer.status_code >= 500:
                    broken.append(f"{path}?{name}={text}: {answer.status}")
    assert not broken, "\n".join(broken)
    assert {("admin.audit.index", "actor"), ("admin.students.index", "q")} <= tried
