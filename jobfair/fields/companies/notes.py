"""What a stand writes down about somebody it met: a verdict, the next step, a note; and a student's
own note about a company."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import pydantic
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from jobfair.fields.input.declaration import Field
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Jotting, line, or_none
from jobfair.models import Verdict

VERDICTS: Mapping[str, LazyString] = MappingProxyType(
    {Verdict.AGAIN: _("See again"), Verdict.MAYBE: _("Maybe"), Verdict.NO: _("No")}
)

NOTE = (
    Field(
        "verdict",
        or_none(Annotated[Verdict, pydantic.Field(strict=False)]),
        _("Verdict"),
        default=None,
        json_name="verdict",
    ),
    Field("next_step", or_none(line(200)), _("Next step"), default=None, json_name="next_step"),
    Field("text", Jotting, _("Note"), default="", json_name="text"),
)
"""In the order in which files have them."""


class OwnNote(Input):
    """What a student writes about a company they met; a blank text removes it."""

    text: Jotting
