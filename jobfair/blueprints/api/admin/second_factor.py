"""One's own second factor through JSON: set up, recovery codes, switched off."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from flask_login import current_user
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.account import (
    RecoveryCodes,
    SecondFactorSecret,
    SecondFactorState,
)
from jobfair.blueprints.api.calls import ForKeys, answers, takes
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import AnyPassword
from jobfair.models import Outcome
from jobfair.queries.access import second_factors as factors
from jobfair.security import one_time_codes
from jobfair.services.access import accounts, second_factors
from jobfair.services.access.rights import Right
from jobfair.web.security import traces
from jobfair.web.security.sign_in import own_password
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("api_second_factor", __name__, url_prefix="/api/admin/account/second_factor")


class FirstCode(Input):
    """The secret as it was made, and the first code that the app shows for it."""

    secret: Annotated[str, Field(max_length=1000)]
    code: AnyPassword


class SwitchingOff(Input):
    """The password once more, and a code."""

    current_password: AnyPassword
    code: AnyPassword


@blueprint.get("/")
@answers("Show whether one's account asks for a second factor", SecondFactorState)
@needs(Right.LOOK)
def show() -> SecondFactorState:
    factor = factors.of_user(current_user.id)
    if factor is None:
        return SecondFactorState(on=False, since=None, codes_left=0)
    return SecondFactorState(on=True, since=factor.since, codes_left=factor.codes_left)


@blueprint.post("/secret/")
@answers("Make a secret for an app, kept nowhere until a code has proved it", SecondFactorSecret)
@needs(Right.LOOK)
@recently_confirmed
def new_secret() -> SecondFactorSecret:
    secret = second_factors.new_secret(current_user.id)
    key = second_factors.read_secret(current_user.id, secret) or ""
    address = one_time_codes.address(key, current_user.email, second_factors.ISSUER)
    return SecondFactorSecret(secret=secret, key=key, address=address)


@blueprint.post("/")
@answers("Begin to ask for a second factor; ends one's other sign-ins", RecoveryCodes, 201)
@needs(Right.LOOK)
@recently_confirmed
@takes(FirstCode)
def set_up(given: FirstCode) -> RecoveryCodes | Refusal:
    user = current_user
    codes = second_factors.set_up(
        current_actor(), user.id, given.secret, given.code, user.sign_in_id
    )
    if isinstance(codes, Refusal):
        return codes
    traces.second_factor(Outcome.FACTOR_ON, user.id, user.email)
    return RecoveryCodes(codes=codes)


@blueprint.post("/codes/")
@answers("Make other recovery codes, shown this once; none where it is off", RecoveryCodes)
@needs(Right.LOOK)
@recently_confirmed
def new_codes() -> RecoveryCodes:
    codes = second_factors.new_codes(current_user.id)
    if codes:
        traces.second_factor(Outcome.NEW_CODES, current_user.id, current_user.email)
    return RecoveryCodes(codes=codes)


@blueprint.delete("/")
@answers(
    "Ask for a second factor no longer; ends one's other sign-ins",
    also=(RequestCode.TOO_MANY_PASSWORDS,),
    scope=ForKeys.CLOSED,
)
@needs(Right.LOOK)
@takes(SwitchingOff)
def turn_off(given: SwitchingOff) -> Refusal | None:
    refusal = own_password.checked(lambda: _turned_off(given))
    if refusal is None:
        traces.second_factor(Outcome.FACTOR_OFF, current_user.id, current_user.email)
    return refusal


def _turned_off(given: SwitchingOff) -> Refusal | None:
    user = current_user
    wrong = accounts.confirm_password(user.id, given.current_password, user.sign_in_id)
    return wrong or second_factors.turn_off(current_actor(), user.id, given.code, user.sign_in_id)
