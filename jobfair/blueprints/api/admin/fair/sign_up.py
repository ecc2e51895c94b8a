"""Who may sign up, and the word that is said in the hall, through JSON."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.fair import SignUpSetting
from jobfair.blueprints.api.calls import answers, takes
from jobfair.domain.refusals import Refusal
from jobfair.domain.signing_up import SignUp
from jobfair.fields.fair.fair import SIGN_UP_DOMAINS, SIGN_UP_WORD
from jobfair.fields.input.declaration import left_out
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import or_none
from jobfair.queries.admin.students import registrations
from jobfair.queries.fair import sign_up
from jobfair.services.access.rights import Right
from jobfair.services.fair import sign_up as setting
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("api_sign_up", __name__, url_prefix="/api/admin/sign_up")


Domains: Any = SIGN_UP_DOMAINS.type
Word: Any = or_none(SIGN_UP_WORD.type)


class SignUpChange(Input):
    """`domains` are separated by commas; null is none."""

    mode: Annotated[SignUp, Field(strict=False)] = left_out()
    domains: Domains = left_out()


class NewWord(Input):
    """The word that is said in the hall; null is one made by chance."""

    word: Word = None


@blueprint.get("/")
@answers("Show who may sign up, and how many have", SignUpSetting)
@needs(Right.MANAGE)
def show() -> SignUpSetting:
    return _shaped()


@blueprint.patch("/")
@answers("Change who may sign up; it counts at once", SignUpSetting)
@needs(Right.MANAGE)
@recently_confirmed
@takes(SignUpChange)
def change(given: SignUpChange) -> SignUpSetting | Refusal:
    given_fields = given.model_dump(exclude_unset=True)
    wanted = {_COLUMNS[name]: value for name, value in given_fields.items()}
    return setting.set_sign_up(current_actor(), wanted) or _shaped()


@blueprint.put("/word/")
@answers("Take another word at once; the one before is worth nothing", SignUpSetting)
@needs(Right.MANAGE)
@recently_confirmed
@takes(NewWord)
def change_word(given: NewWord) -> SignUpSetting | Refusal:
    return setting.set_word(current_actor(), given.word) or _shaped()


_COLUMNS = {"mode": "sign_up", "domains": "sign_up_domains"}
"""What the fields are called where they are stored."""


def _shaped() -> SignUpSetting:
    rule, counts = sign_up.rule(), registrations.counts()
    return SignUpSetting(
        mode=rule.mode,
        word=rule.word,
        domains=list(rule.domains),
        registered=counts.all,
        lately=counts.lately,
        unconfirmed=counts.unconfirmed,
    )
