"""What the stream of an open page sends: the regions that differ from what was sent last."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import current_app, g
from flask_babel import force_locale
from flask_login import current_user
from markupsafe import Markup

from jobfair.catalogue.records import JournalRecord
from jobfair.live.fragments import replacing
from jobfair.models import Role
from jobfair.wording import language

if TYPE_CHECKING:
    from jobfair.live.page import Context, OpenPage


class Reader(NamedTuple):
    """The parts of the request that opened a stream which decide how fragments are rendered: the
    language, the CSRF token of forms, and the role, which decides what forms there are."""

    language: str
    csrf_field: Markup
    role: Role | None

    @classmethod
    def of_request(cls) -> Reader:
        """That of the current request."""
        field: Any = current_app.jinja_env.globals["csrf_field"]
        return cls(language.current(), field(), getattr(current_user, "role", None))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A context in which things are rendered for this reader."""
        g.csrf_field, g.role = self.csrf_field, self.role
        with force_locale(self.language):
            yield


class Screen:
    """A page that is rendered after each change; the regions that differ are sent.

    For `patience` and `ages` see LivePage. `reader` is the person for whom it is rendered outside
    of a request.
    """

    reader: Reader | None = None

    def __init__(self, opened: OpenPage) -> None:
        self.patience = opened.page.patience
        self.ages = opened.page.ages
        self.opened = opened
        # Hashes only: the text would be a third of a stream's memory.
        self._sent: dict[str, int] = {}

    def urgent(self, row: JournalRecord) -> bool:
        """Whether the viewer has to see a row's change at once, because it is about them."""
        who = self.opened.who
        return ("student_id" in who and row.student_id == who["student_id"]) or (
            "company_id" in who and row.company_id == who["company_id"]
        )

    def whole(self, as_of: int) -> str:
        """All of the page's fragments.

        `as_of` is a journal number that has been reached.
        """
        self._sent = {}
        return self._differing(self.opened.load(), as_of)

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        """The fragments that differ since the last time, after these rows; may be empty."""
        with self.reading():
            return self._changed(rows, as_of)

    def reading(self) -> AbstractContextManager[None]:
        """A context in which things are rendered for its reader."""
        return nullcontext() if self.reader is None else self.reader.reading()

    def _changed(self, rows: list[JournalRecord], as_of: int) -> str:
        return self._differing(self.opened.load(), as_of)

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        fragments = self.opened.fragments(context, exclude)
        hashes = {name: hash(html) for name, html in fragments.items()}
        new = {n: html for n, html in fragments.items() if self._sent.get(n) != hashes[n]}
        self._sent |= hashes
        return replacing(new, as_of)
