"""Forms that change what is stored: read, written, and shown again where that is refused."""

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

    `fields` are all that its page shows, `stored` reads their values as they are now, and `page`
    makes the page from the `values` and `errors` that its inputs get.
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

        `shape` is what may be changed. `write` gets what was, and what its reader saw there; what
        it returns may be a refusal. `said` makes the message for the next page; without it that
        is «Saved», and what somebody else has changed meanwhile.
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
