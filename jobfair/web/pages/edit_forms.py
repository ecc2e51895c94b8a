"""Forms that change stored values: read, written, and shown again if the change is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.fields.input.declaration import Field
from jobfair.fields.input.edits import again, parse_edit, saved
from jobfair.fields.input.parsing import Input, Invalid
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.refusals import refuse


@dataclass(frozen=True, slots=True)
class EditForm:
    """The form of this request.

    `fields` are all fields on its page, `stored` reads their present values, and `page` makes the
    page from the `values` and `errors` of its inputs.
    """

    fields: Sequence[Field]
    stored: Callable[[], Mapping[str, Any]]
    page: Callable[..., str]

    def submit(
        self,
        shape: type[Input],
        write: Callable[[Mapping[str, Any], Mapping[str, str]], object],
        then: str,
        said: Callable[[], str] | None = None,
    ) -> Response | tuple[str, int]:
        """Store what was changed in the form: a redirect to `then`, or the page again.

        `shape` declares what may be changed. `write` gets the changed values, and the values that
        the reader saw; it may return a refusal. `said` makes the message for the next page; by
        default it is «Saved», and what somebody else has changed meanwhile.
        """
        given = parse_edit(shape, request.form)
        if isinstance(given, Invalid):
            return self.again(given.errors, 400)
        message = said or (lambda: saved(self.fields, request.form, self.stored()))
        return self.finish(write(given.changes, given.seen), then, message)

    def finish(
        self, outcome: object, then: str, said: Callable[[], str]
    ) -> Response | tuple[str, int]:
        """A redirect to `then`, or the page again with why it was refused."""
        if isinstance(outcome, Refusal):
            refused = refuse(outcome)
            return self.again(refused.errors, refused.status)
        return redirect_with_message(said(), then)

    def again(self, errors: Mapping[str, str], status: int) -> tuple[str, int]:
        """The page with all that was typed, and sentences by field."""
        return self.page(**again(self.fields, request.form, self.stored(), errors)), status
