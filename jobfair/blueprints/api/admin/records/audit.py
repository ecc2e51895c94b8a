"""The audit log through JSON, and the story of one student's or company's day."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response
from pydantic import Field

from jobfair.blueprints.api.admin.records.log_rows import AuditChoice, chosen_rows
from jobfair.blueprints.api.admin.shapes.records import AuditActor, AuditChange, AuditLine
from jobfair.blueprints.api.calls import answers, asks
from jobfair.catalogue.audit import actor, changes, sentence
from jobfair.catalogue.records import AuditEntry
from jobfair.fields.input.parsing import Query
from jobfair.queries.admin.records import audit
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import needs

blueprint = Blueprint("api_audit", __name__, url_prefix="/api/admin/audit")


class StoryChoice(Query):
    """A page is 200 rows: the first, or those after a row's number."""

    after: Annotated[int, Field(ge=0)] = 0


@blueprint.get("/")
@answers("List the rows of the log, the newest first", list[AuditLine])
@needs(Right.LOOK)
@asks(AuditChoice)
def log(choice: AuditChoice) -> list[AuditLine] | Response:
    chosen = chosen_rows(choice)
    if isinstance(chosen, Response):
        return chosen
    page = audit.page(chosen, choice.before, choice.after)
    return [_line(each) for each in page.lines]


@blueprint.get("/students/<int:student_id>/")
@answers("Tell a student's day, the oldest row first", list[AuditLine])
@needs(Right.LOOK)
@asks(StoryChoice)
def of_student(choice: StoryChoice, student_id: int) -> list[AuditLine]:
    return [_line(each) for each in audit.of_student(student_id, choice.after).lines]


@blueprint.get("/companies/<int:company_id>/")
@answers("Tell a company's day, the oldest row first", list[AuditLine])
@needs(Right.LOOK)
@asks(StoryChoice)
def of_company(choice: StoryChoice, company_id: int) -> list[AuditLine]:
    return [_line(each) for each in audit.of_company(company_id, choice.after).lines]


def _line(entry: AuditEntry) -> AuditLine:
    return AuditLine(
        number=entry.number,
        at=entry.at,
        kind=entry.kind,
        sentence=str(sentence(entry)),
        actor=AuditActor(
            kind=entry.by,
            id=entry.by_id,
            name=str(actor(entry)),
            device=entry.device,
            key=entry.key,
        ),
        student=entry.student_id,
        student_name=entry.student,
        company=entry.company_id,
        company_name=entry.company,
        changes=[
            AuditChange(what=each.what, before=each.before, after=each.after)
            for each in changes(entry)
        ],
    )
