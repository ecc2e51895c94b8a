"""Where a browser goes that has just proved who uses it."""

from __future__ import annotations

from flask import Response, request, url_for
from flask_login import current_user

from jobfair.live.pages.admin import DESK, OVERVIEW
from jobfair.live.pages.student import DASHBOARD
from jobfair.models import Role
from jobfair.services.access import sign_ins
from jobfair.services.access.rights import TEAM
from jobfair.services.access.sign_ins import FactorWanted, NewSession
from jobfair.web.pages import poster_joins
from jobfair.web.pages.responses import see_other
from jobfair.web.security import traces
from jobfair.web.security.browsers import cookies, known_devices
from jobfair.web.security.sign_in import half_sign_ins
from jobfair.web.security.sign_in.authentication import current_actor, set_cookies
from jobfair.web.urls import own_path

ADMIN_PAGES = "/admin"


def proven(
    proof: NewSession | FactorWanted, wanted: str | None = None, joins: int | None = None
) -> Response:
    """Send a browser that has given a password, or comes from the school's account, on: in, or to
    the page that asks for a code. `wanted` and `joins` as `entered` has them.
    """
    if isinstance(proof, NewSession):
        return entered(proof, wanted, joins)
    wanted = own_path(request.values.get("next") or wanted)
    response = see_other(cookies.when_kept(url_for("sign_in_code.form", next=wanted)))
    half_sign_ins.remember(response, proof.user_id)
    return response


def entered(opened: NewSession, wanted: str | None = None, joins: int | None = None) -> Response:
    """Send a browser that has just proved who uses it to where it was going.

    That is `wanted` where the request itself does not say it, and `joins` the company whose queue
    they join.
    """
    if current_user.is_authenticated:
        sign_ins.end(current_actor(), current_user.id, current_user.sign_in_id)
    user = sign_ins.session(opened.sign_in_id)
    if user is not None:
        poster_joins.after_sign_in(user, joins)
    response = see_other(cookies.when_kept("/" if user is None else destination(user.role, wanted)))
    set_cookies(response, opened.sign_in_id, opened.user_id)
    if user is not None:
        traces.signed_in(opened, user.email, browser=True)
        known_devices.remember(response, user.email)
    return response


def destination(role: Role, wanted: str | None = None) -> str:
    """Back to where they were, when that is a page for them; else their dashboard."""
    wanted = own_path(wanted or request.values.get("next"))
    if wanted is None or wanted.startswith(ADMIN_PAGES) != (role in TEAM):
        return home_of(role)
    return wanted


def home_of(role: Role) -> str:
    """The page on which somebody begins."""
    if role is Role.DESK:
        return DESK.address
    return OVERVIEW.address if role in TEAM else DASHBOARD.address
