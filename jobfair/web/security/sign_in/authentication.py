"""Who is asking: one `current_user` for pages, JSON and streams (flows 1 and 1b)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, Request, current_app, g
from flask_jwt_extended import JWTManager
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from jobfair.exceptions import NotFound, Problem, RequestCode
from jobfair.extensions import login_manager
from jobfair.models import Role, Scope
from jobfair.queries.stand import stands
from jobfair.queries.stand.stands import StandLink
from jobfair.queries.views import CompanyView
from jobfair.security import key_secrets
from jobfair.services.access import keys, sign_ins
from jobfair.services.access.rights import MAY, TEAM, Right
from jobfair.unit_of_work.actors import Actor
from jobfair.web import idempotent_request
from jobfair.web.security.browsers import cookies, csrf
from jobfair.web.security.limits.rate_limits import link_is_unknown
from jobfair.web.security.sign_in import tokens
from jobfair.web.security.sign_in.tokens import Claims
from jobfair.web.security.stand import stand_devices, stand_pins

ACCESS_COOKIE = "jobfair_access"
CSRF_COOKIE = "jobfair_csrf"

NEEDED = "jobfair_right"
"""The attribute of a view that says which right it needs."""

OPEN_TO = "jobfair_roles"
"""The attribute of a view that says to which roles it is open, if it needs no right."""

Args = ParamSpec("Args")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user of this request, as plain values, so that a stream can use them after it.

    `id` is the user's; `student_id` and the names are None for the team. `via` is how the
    request is authenticated: bearer or cookie.
    """

    id: int
    email: str
    role: Role
    student_id: int | None
    first_name: str | None
    last_name: str | None
    password_to_change: bool
    second_factor_to_set_up: bool
    has_password: bool
    signed_in_at: datetime
    sign_in_id: int
    via: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def signed_in_lately(self) -> bool:
        """Whether the sign-in is new enough to replace the password of somebody who has none."""
        return sign_ins.is_recent(self.signed_in_at)

    def get_id(self) -> str:
        """The user's id, as Flask-Login wants it."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class ByKey:
    """A program with a key, which acts as one of the team. It has no sign-in."""

    id: int
    email: str
    role: Role
    key_id: int
    scopes: frozenset[Scope]
    password_to_change: bool
    second_factor_to_set_up: bool

    student_id = None
    via = "key"
    is_authenticated = True
    is_active = True
    is_anonymous = False


def init_app(app: Flask) -> None:
    """Load the user when first needed, and keep browsers signed in."""
    # A token from the future was made before the server's clock was set back. The row and
    # `tokens.read` decide whether a token has expired.
    app.config.setdefault("JWT_DECODE_LEEWAY", app.config["JWT_REFRESH_TOKEN_EXPIRES"])
    # Our own csrf.py protects the cookies; its random claim would make equal tokens differ.
    app.config["JWT_COOKIE_CSRF_PROTECT"] = False
    JWTManager(app)
    # Flask-Login's own two cookies are not used: the row of the sign-in decides.
    app.config["SESSION_PROTECTION"] = None
    app.config["REMEMBER_COOKIE_NAME"] = "jobfair_unused"
    # Without Flask-Login's context processor: it would query the database for every error page.
    login_manager.init_app(app, add_context_processor=False)
    login_manager.request_loader(_load)
    app.jinja_env.globals |= {"current_user": current_user, "may": may}
    csrf.init_app(app)
    app.after_request(_renew_cookies)


def signed_in_only(view: Callable[Args, Answer]) -> Callable[Args, Answer]:
    """Let every signed-in user use a view; 401 for anybody else."""
    return _only(view, *Role)


def student_only(view: Callable[Args, Answer]) -> Callable[Args, Answer]:
    """Let students use a view; 401 without a sign-in, 403 for the team."""
    return _only(view, Role.STUDENT)


def needs(right: Right) -> Callable[[Callable[Args, Answer]], Callable[Args, Answer]]:
    """Let team members with the right use a view.

    401 without a sign-in, 403 for a student, and `not_allowed` for members without the right.
    """

    def declare(view: Callable[Args, Answer]) -> Callable[Args, Answer]:
        @wraps(view)
        def guarded(*args: Args.args, **kwargs: Args.kwargs) -> Answer:
            demand(right)
            return view(*args, **kwargs)

        vars(guarded)[NEEDED] = right
        return guarded

    return declare


def demand(right: Right) -> None:
    """Go on only if the user has the right. Raises Unauthorized, Forbidden or Problem."""
    if not current_user.is_authenticated:
        raise Unauthorized
    if current_user.role not in TEAM:
        raise Forbidden
    if not may(right):
        raise Problem(RequestCode.NOT_ALLOWED)


def may(right: str) -> bool:
    """Whether the viewer of this page has a right; only then the page shows what needs it.

    A stream stores in `g.role` the role for which it renders.
    """
    role = g.get("role") or getattr(current_user, "role", None)
    return role is not None and Right(right) in MAY[role]


def still_signed_in(sign_in_id: int) -> bool:
    """Whether the sign-in with which a stream was opened is still valid."""
    return sign_ins.session(sign_in_id) is not None


def uses_key() -> bool:
    """Whether a program asks, with a key."""
    return bool(current_user.is_authenticated and current_user.via == "key")


def current_actor() -> Actor:
    """The signed-in user, or the program that acts for one with a key, as the request's actor."""
    user = current_user
    if uses_key():
        return Actor(user.role.value, user.id, idempotent_request.current(), key_id=user.key_id)
    actor_id = user.student_id if user.role is Role.STUDENT else user.id
    return Actor(user.role.value, actor_id, idempotent_request.current())


def stand_actor(company: CompanyView) -> Actor:
    """The stand whose link is used, on this device, as the actor of this request."""
    return Actor("company", company.id, idempotent_request.current(), g.get("stand_device"))


def company_of(token: str) -> CompanyView:
    """The company whose link is used. Raises NotFound and PinWanted."""
    return link_of(token).company


def link_of(token: str) -> StandLink:
    """The link that is used, with its PIN given. Raises NotFound and PinWanted."""
    link = known_link(token)
    stand_pins.check(link)
    g.company_id = link.company.id
    g.stand_device = stand_devices.letter_of(link)
    return link


def known_link(token: str) -> StandLink:
    """The link that is used, even if its PIN was not given. Raises NotFound."""
    try:
        return stands.link(token)
    except NotFound:
        link_is_unknown()
        raise


def set_cookies(response: Response, sign_in_id: int, user_id: int) -> None:
    """Set the cookies of a sign-in. Scripts send the second one back as a header."""
    g.pop("renewed", None)
    lifetime = current_app.config["JWT_REFRESH_TOKEN_EXPIRES"]
    cookies.set_cookie(response, ACCESS_COOKIE, tokens.access(sign_in_id, user_id), lifetime)
    cookies.set_cookie(response, CSRF_COOKIE, csrf.token(sign_in_id), lifetime, http_only=False)


def delete_cookies(response: Response) -> None:
    """Delete the cookies of a sign-in."""
    g.pop("renewed", None)
    for name in (ACCESS_COOKIE, CSRF_COOKIE):
        cookies.delete_cookie(response, name)


def _only(view: Callable[Args, Answer], *roles: Role) -> Callable[Args, Answer]:
    @wraps(view)
    def guarded(*args: Args.args, **kwargs: Args.kwargs) -> Answer:
        if not current_user.is_authenticated:
            raise Unauthorized
        if current_user.role not in roles:
            raise Forbidden
        return view(*args, **kwargs)

    vars(guarded)[OPEN_TO] = roles
    return guarded


def _load(request: Request) -> SignedIn | ByKey | None:
    authorization = request.authorization
    if authorization is not None and authorization.type == "bearer":
        token = authorization.token or ""
        return _by_key(request, token) if key_secrets.is_meant(token) else _by_bearer(token)
    cookie = cookies.read_cookie(ACCESS_COOKIE)
    return _by_cookie(cookie) if cookie else None


def _by_bearer(token: str) -> SignedIn | None:
    claims = tokens.read(token, "access")
    if claims is None:
        return None
    if claims.expired:
        g.access_token_expired = True
        return None
    return _signed_in(claims, "bearer")


def _by_key(request: Request, secret: str) -> ByKey | None:
    """The key's user, for JSON only: a key opens no page, whatever its maker may see."""
    holder = keys.holder(secret) if request.path.startswith("/api/") else None
    if holder is None:
        g.key_opens_nothing = True
        return None
    return ByKey(
        id=holder.user_id,
        email=holder.email,
        role=holder.role,
        key_id=holder.key_id,
        scopes=holder.scopes,
        password_to_change=holder.password_to_change,
        second_factor_to_set_up=holder.second_factor_to_set_up,
    )


def _by_cookie(token: str) -> SignedIn | None:
    """The user of a cookie. While the sign-in is valid, an expired token is renewed (flow 1b).

    Tabs that wake up together each renew the same row and get their own token; no tab makes
    another's token invalid.
    """
    claims = tokens.read(token, "access")
    if claims is None:
        return None
    user = _signed_in(claims, "cookie")
    if user is None or not claims.expired:
        return user
    if not sign_ins.renew(user.sign_in_id):
        return None
    g.renewed = user
    return user


def _signed_in(claims: Claims, via: str) -> SignedIn | None:
    living = sign_ins.session(claims.sign_in_id)
    if living is None or living.user_id != claims.user_id:
        return None
    return SignedIn(
        id=living.user_id,
        email=living.email,
        role=living.role,
        student_id=living.student_id,
        first_name=living.first_name,
        last_name=living.last_name,
        password_to_change=living.password_to_change,
        second_factor_to_set_up=living.second_factor_to_set_up,
        has_password=living.has_password,
        signed_in_at=living.signed_in_at,
        sign_in_id=living.sign_in_id,
        via=via,
    )


def _renew_cookies(response: Response) -> Response:
    renewed: SignedIn | None = g.get("renewed")
    if renewed is not None:
        set_cookies(response, renewed.sign_in_id, renewed.id)
    return response
