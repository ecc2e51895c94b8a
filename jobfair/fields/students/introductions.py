"""The fields of a student's introduction: what they show stands of themselves (rule 16).

All optional, and shown to no stand before the student says so.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from jobfair.fields.companies.company_profiles import LOOKING_FOR, LookingForList
from jobfair.fields.input.declaration import Field
from jobfair.fields.input.types import Ticked, WebAddress, line, or_none

FROM_SCHOOL = (
    Field(
        "studies",
        or_none(line(100)),
        _("Studies"),
        default=None,
        hint=_("The degree and what it is about: Master's in computer science."),
        input="text",
        headings="studies study degree course programme formation diplome filiere etudes "
        "specialite cursus",
        json_name="studies",
    ),
    Field(
        "year",
        or_none(line(20)),
        _("Year"),
        default=None,
        hint=_("M2, third year, or when it ends."),
        input="text",
        headings="year studyyear yearofstudy annee anneedetude anneedetudes niveau promotion promo",
        json_name="year",
    ),
    Field(
        "seeking",
        LookingForList,
        _("Looking for"),
        default=None,
        input="choices",
        choices=LOOKING_FOR,
        headings="seeking lookingfor recherche recherches typedecontrat contrat contrats",
        json_name="seeking",
    ),
)
"""What a school may know: lists to import have these alone."""

WORDS = (
    *FROM_SCHOOL,
    Field(
        "sentence",
        or_none(line(280)),
        _("A sentence about me"),
        default=None,
        hint=_("What a recruiter should know before you sit down."),
        input="textarea",
        json_name="sentence",
    ),
    Field(
        "link",
        or_none(WebAddress),
        _("A link"),
        default=None,
        hint=_("A CV, a portfolio or a profile, as an address with https"),
        input="url",
        json_name="link",
    ),
)

SHOWS_EMAIL = Field(
    "shows_email",
    Ticked,
    _("My e-mail address too"),
    default=False,
    hint=_("Stands that have met you may then write to you."),
    input="checkbox",
    json_name="shows_email",
)

INTRODUCTION = (*WORDS, SHOWS_EMAIL)
"""In the order in which the form shows them."""

SHOWN = "shows_introduction"
"""The column that says whether stands see it; None before the student has said so."""
