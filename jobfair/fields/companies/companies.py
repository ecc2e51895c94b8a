"""The fields of a company, each declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pydantic
from flask_babel import lazy_gettext as _

from jobfair.domain.events import CompanyContactChanged, CompanyMoved, CompanyRenamed
from jobfair.domain.state import CompanyStatus
from jobfair.fields.companies.company_profiles import PROFILE
from jobfair.fields.input.declaration import Field
from jobfair.fields.input.types import CompanyName, Email, line, or_none, whole

Status = Annotated[CompanyStatus, pydantic.Field(strict=False)]


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What a company is made from (flow 6)."""

    name: str
    stand: str | None = None
    slots: int = 1
    queue_limit: int | None = None
    status: CompanyStatus = CompanyStatus.RECRUITING
    hall: str | None = None
    description: str | None = None
    sectors: str | None = None
    looking_for: str | None = None
    languages: str | None = None
    link: str | None = None
    contact: str | None = None


FIELDS = (
    Field(
        "name",
        CompanyName,
        _("Name"),
        input="text",
        headings="name company companyname nom entreprise nomdelentreprise societe raisonsociale",
        json_name="name",
        event=CompanyRenamed,
    ),
    Field(
        "stand",
        or_none(line(50)),
        _("Stand"),
        default=None,
        hint=_("Its number or place in the hall, shown in every call."),
        input="text",
        headings="stand standnumber booth emplacement numerodestand nodestand ndestand",
        json_name="stand",
        event=CompanyMoved,
    ),
    Field("status", Status, _("Status"), default=CompanyStatus.RECRUITING, json_name="status"),
    Field("queue_open", bool, _("Queue")),
    Field(
        "slots",
        whole(1, 100),
        _("Interviews at once"),
        default=1,
        input="number",
        headings="slots interviewsatonce maxconcurrentinterviews places entretienssimultanes "
        "entretiensalafois",
        json_name="max_concurrent_interviews",
    ),
    Field(
        "queue_limit",
        or_none(whole(1, 100_000)),
        _("Queue limit"),
        default=None,
        hint=_("How many may wait; blank for as many as like."),
        input="number",
        headings="queuelimit limit maxqueuesize limite limitedefile limitedelafile",
        json_name="max_queue_size",
    ),
    *PROFILE,
    Field(
        "contact",
        or_none(Email),
        _("Contact address"),
        default=None,
        hint=_("Where the stand's link is mailed to. Only organisers see it."),
        input="email",
        headings="contact contactaddress contactemail contactmail email mail emailaddress courriel "
        "adressedecontact adressemail adresseemail adressecourriel emailducontact mailducontact",
        json_name="contact",
        event=lambda company_id, _before, _after: CompanyContactChanged(company_id),
    ),
)
"""In the order in which forms and files show them."""

IN_FORMS = tuple(each for each in FIELDS if each.input)
IN_LISTS = tuple(each for each in FIELDS if each.headings)
IN_JSON = tuple(each for each in FIELDS if each.json_name)
