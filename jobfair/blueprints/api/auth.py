"""Signing in through JSON: tokens instead of cookies (flow 1)."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_login import current_user
from pydantic import StringConstraints

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import accounts as account_shapes
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.access.accounts import (
    AddressChange,
    CredentialsAndCode,
    MailedCode,
    OwnPassword,
    PasswordChange,
)
from jobfair.fields.input.parsing import Input, Invalid
from jobfair.fields.students.students import SelfRegistration, WordOfTheFair
from jobfair.models import Outcome, Scope
from jobfair.queries.access import open_sign_ins
from jobfair.queries.access.open_sign_ins import OpenSignIn
from jobfair.queries.admin import roster
from jobfair.services.access import addresses, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.services.access.sign_ins import FactorWanted, NewSession
from jobfair.unit_of_work import actors
from jobfair.web.errors import invalid
from jobfair.web.security import traces
from jobfair.web.security.limits.rate_limits import (
    address_codes_per_student,
    register_per_ip,
    sign_in_of_strangers,
    sign_in_per_device,
    sign_in_per_ip,
)
from jobfair.web.security.sign_in import (
    half_sign_ins,
    own_password,
    recent_password,
    registering,
    tokens,
)
from jobfair.web.security.sign_in.address_codes import change_own_address, mail_code
from jobfair.web.security.sign_in.authentication import current_actor, signed_in_only, student_only

blueprint = Blueprint("api_auth", __name__, url_prefix="/api/auth")

OVER = Refusal(RequestCode.NOT_SIGNED_IN, {"ended": True})
"""The refresh token's sign-in has ended."""


class Token(Input):
    """What renews a sign-in, or ends it."""

    refresh: Annotated[str, StringConstraints(min_length=1)]


@blueprint.post("/register/")
@answers(
    "Make a student's account",
    account_shapes.Registered,
    201,
    anyone=True,
    also=(RequestCode.TOO_MANY,),
)
@register_per_ip
@takes(SelfRegistration)
def register(given: WordOfTheFair) -> account_shapes.Registered | Refusal:
    account = registering.register(NewStudent(**given.model_dump(exclude={"code"})), given.code)
    if isinstance(account, Refusal):
        return account
    mail_code(actors.student(account.student_id))
    return shaping.registered(roster.student(account.student_id))


@blueprint.post("/address/code/")
@answers(
    "Have the code mailed that proves one's e-mail address",
    shapes.Message,
    also=(RequestCode.TOO_MANY, RequestCode.ADDRESS_CONFIRMED),
)
@student_only
@address_codes_per_student
def send_address_code() -> shapes.Message | Refusal:
    return mail_code(current_actor()) or shapes.Message(message=_("The code is on its way"))


@blueprint.post("/address/confirm/")
@answers("Prove one's e-mail address by the code that was mailed to it", account_shapes.Student)
@student_only
@takes(MailedCode)
def confirm_address(given: MailedCode) -> account_shapes.Student | Refusal:
    refusal = addresses.confirm(current_actor(), given.code)
    return refusal or shaping.student(roster.student(current_user.student_id))


@blueprint.patch("/address/")
@answers(
    "Give another e-mail address, which is proved again",
    account_shapes.Student,
    also=(RequestCode.TOO_MANY,),
)
@student_only
@address_codes_per_student
@takes(AddressChange)
def change_address(given: AddressChange) -> account_shapes.Student | Refusal:
    refusal = change_own_address(given)
    return refusal or shaping.student(roster.student(current_user.student_id))


@blueprint.post("/login/")
@answers(
    "Sign in",
    account_shapes.Tokens,
    anyone=True,
    also=(
        RequestCode.WRONG_CREDENTIALS,
        RequestCode.SECOND_FACTOR_NEEDED,
        RequestCode.TOO_MANY,
    ),
)
@sign_in_per_ip
@sign_in_of_strangers
@sign_in_per_device
@takes(CredentialsAndCode)
def sign_in(given: CredentialsAndCode) -> account_shapes.Tokens | Refusal:
    proof = sign_ins.sign_in(given.email, given.password, request.user_agent.string)
    if isinstance(proof, Refusal):
        traces.refused(proof, given.email)
        return proof
    opened = (
        half_sign_ins.finish_at_once(proof.user_id, given.email, given.code)
        if isinstance(proof, FactorWanted)
        else proof
    )
    if isinstance(opened, Refusal):
        return opened
    traces.signed_in(opened, given.email, browser=False)
    return _tokens(opened)


@blueprint.post("/refresh/")
@answers(
    "Exchange a refresh token for new tokens; sent again within 30 seconds it gets the same ones",
    account_shapes.Tokens,
    anyone=True,
    also=(RequestCode.NOT_SIGNED_IN,),
)
@takes(Token)
def refresh(given: Token) -> account_shapes.Tokens | Refusal:
    claims = tokens.read(given.refresh, "refresh")
    if claims is None or claims.expired:
        return OVER
    opened = sign_ins.rotate(claims.sign_in_id, claims.token_id)
    return OVER if opened is None else _tokens(opened)


@blueprint.post("/logout/")
@answers(
    "Sign out: the session of this refresh token is over",
    anyone=True,
    also=(RequestCode.NOT_SIGNED_IN,),
)
@takes(Token)
def sign_out(given: Token) -> Refusal | None:
    claims = tokens.read(given.refresh, "refresh")
    if claims is None:
        return OVER
    sign_ins.end(sign_ins.actor_of(claims.user_id), claims.user_id, claims.sign_in_id)
    return None


@blueprint.post("/password/")
@answers(
    "Change one's own password, which ends the user's other sign-ins",
    also=(RequestCode.TOO_MANY_PASSWORDS,),
)
@signed_in_only
@takes(PasswordChange)
def change_password(given: PasswordChange) -> Refusal | Response | None:
    outcome = own_password.change(given.model_dump())
    return invalid(outcome.errors) if isinstance(outcome, Invalid) else outcome


@blueprint.post("/confirm/")
@answers(
    "Give one's password again: what is grave is then open to this sign-in for ten minutes",
    also=(RequestCode.TOO_MANY_PASSWORDS,),
)
@signed_in_only
@takes(OwnPassword)
def confirm(given: OwnPassword) -> Refusal | None:
    return recent_password.confirm(given.current_password)


@blueprint.get("/me/")
@answers("Show the user who asks", account_shapes.SignedIn, scope=Scope.READ)
@signed_in_only
def me() -> account_shapes.SignedIn:
    user = account_shapes.Account(
        id=current_user.id, email=current_user.email, role=current_user.role
    )
    student_id = current_user.student_id
    return shaping.signed_in(user, None if student_id is None else roster.student(student_id))


@blueprint.get("/devices/")
@answers("List where the user is signed in, this device first", list[account_shapes.Device])
@signed_in_only
@asks(Piece)
def list_devices(asked: Piece) -> Response:
    found = open_sign_ins.of_user(current_user.id, current_user.sign_in_id)
    return piece_of(found, asked, lambda each: (not each.here, -each.id), _device)


@blueprint.delete("/devices/")
@answers("Sign out everywhere but here")
@signed_in_only
def end_other_devices() -> None:
    sign_ins.end_others(current_actor(), current_user.id, current_user.sign_in_id)
    traces.own(Outcome.ENDED_OTHERS)


@blueprint.delete("/devices/<int:sign_in_id>/")
@answers("Sign out on one device")
@signed_in_only
def end_device(sign_in_id: int) -> None:
    sign_ins.end(current_actor(), current_user.id, sign_in_id)


def _device(of: OpenSignIn) -> account_shapes.Device:
    return account_shapes.Device(
        id=of.id, name=of.name, created_at=of.since, last_seen_at=of.seen_at, current=of.here
    )


def _tokens(opened: NewSession) -> account_shapes.Tokens:
    access, refresh = tokens.pair(opened)
    return account_shapes.Tokens(access=access, refresh=refresh)
