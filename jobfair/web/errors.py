"""The answer to every error: one sentence, as a page, as JSON or as a toast."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus

from argon2.exceptions import HashingError, VerificationError
from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import (
    NotFound,
    PasswordNeeded,
    PinWanted,
    Problem,
    RequestCode,
    StepPending,
)
from jobfair.live.fragments import toast
from jobfair.queries.fair import fair_identity
from jobfair.queries.fair.fair_identity import FairIdentity
from jobfair.security.hashing.hash_turns import TooManyWait
from jobfair.web.pages.responses import FRAGMENTS, wants_fragments
from jobfair.web.refusals import SERVER_FAULT, Refused, describe, refuse
from jobfair.web.request_log import request_id
from jobfair.web.security.browsers import csrf
from jobfair.web.security.sign_in import challenges
from jobfair.web.security.sign_in.recent_password import FIELD
from jobfair.web.urls import came_from
from jobfair.wording.refusals import REFUSALS

DATA_PATHS = ("/api/", "/live/", "/health", "/push-subscriptions/")
"""Paths that programs call, not people: answered in JSON, and never redirected."""

CODE_BY_STATUS = {
    REFUSALS[code].status: code
    for code in (
        RequestCode.FORBIDDEN,
        RequestCode.NOT_FOUND,
        RequestCode.METHOD_NOT_ALLOWED,
        RequestCode.TOO_LARGE,
        RequestCode.UNSUPPORTED_MEDIA_TYPE,
        RequestCode.TOO_MANY,
        RequestCode.UNAVAILABLE,
    )
}
"""The code for a status that Flask or a library answers with."""

NOT_SENT_ON = (FIELD, csrf.FIELD)
"""Fields that are left out when a form is sent on: the page that asks has its own."""

Headers = Iterable[tuple[str, str]]

A_MINUTE = "60"
"""The time that the sentences of these refusals name, for programs."""

LATER: Headers = [("Retry-After", "5")]
"""For an answer that will be different in some seconds."""


def init_app(app: Flask) -> None:
    """Answer every error with a sentence."""
    # Keys keep their order: people read the first one first.
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_error_handler(Problem, _problem_raised)
    app.register_error_handler(PinWanted, _pin_wanted)
    app.register_error_handler(StepPending, _step_pending)
    app.register_error_handler(PasswordNeeded, _password_needed)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(TooManyWait, _too_many_hashes)
    # PostgreSQL calls it an internal error when it ends a transaction that takes too long.
    for unavailable in (OperationalError, InterfaceError, InternalError, PoolTimeout):
        app.register_error_handler(unavailable, _database_unavailable)
    for out_of_memory in (HashingError, VerificationError):
        app.register_error_handler(out_of_memory, _hashing_unavailable)


def problem(refused: Refused, errors: dict[str, str] | None = None) -> Response:
    """A JSON error: the sentence first, sentences by field name under `errors`, then the code."""
    body: dict[str, object] = {"detail": refused.sentence}
    if errors:
        body["errors"] = errors
    response = jsonify({**body, "code": refused.code})
    response.status_code = refused.status
    if refused.status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = A_MINUTE
    if refused.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = challenges.of(refused)
    return response


def invalid(errors: dict[str, str]) -> Response:
    """The JSON error for invalid fields. Like in a form, it is not counted as a refusal."""
    return problem(describe(Refusal(RequestCode.INVALID)), errors)


def _unknown_host(error: HTTPException) -> AnyResponse:
    # Not a page: its links would need the site's name.
    return Response(f"{error.description}\n", 400, mimetype="text/plain")


def _problem_raised(raised: Problem) -> AnyResponse:
    return _answer(refuse(raised.refusal))


def _pin_wanted(wanted: PinWanted) -> AnyResponse:
    form = url_for("pin.form", token=(request.view_args or {})["token"])
    return _redirect_to_form(form, wanted.refusal)


def _step_pending(raised: StepPending) -> AnyResponse:
    return _redirect_to_form(url_for(raised.form, next=_wanted()), raised.refusal)


def _password_needed(raised: PasswordNeeded) -> AnyResponse:
    """Asks people for it at the same address, so that the form can be sent on with it."""
    if _for_programs() or wants_fragments():
        return _answer(refuse(raised.refusal))
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("confirm_password.form", next=_wanted()), 303)
    refused = refuse(raised.refusal)
    error = refused.sentence if request.form.get(FIELD) is not None else None
    page = render_template(
        "account/confirm_password.html",
        address=request.full_path.rstrip("?"),
        fields=[each for each in request.form.items(multi=True) if each[0] not in NOT_SENT_ON],
        back=came_from(),
        error=error,
    )
    return make_response(page, refused.status)


def not_found(_raised: NotFound) -> AnyResponse:
    """The answer for what does not exist, or belongs to somebody else."""
    return _answer(refuse(Refusal(RequestCode.NOT_FOUND)))


def unknown_link(title: str, sentence: str) -> tuple[str, int]:
    """The page for a secret link that is unknown or no longer valid."""
    page = render_template("errors/unknown_link.html", title=title, sentence=sentence)
    return page, REFUSALS[RequestCode.NOT_FOUND].status


def _http_error(error: HTTPException) -> AnyResponse:
    if isinstance(error, Unauthorized):
        return _not_signed_in()
    status = error.code or InternalServerError.code
    refused = replace(refuse(Refusal(_code_of(status))), status=status)
    return _answer(refused, [each for each in error.get_headers() if each[0] != "Content-Type"])


def _code_of(status: int) -> RequestCode:
    other = RequestCode.SERVER_ERROR if status >= SERVER_FAULT else RequestCode.BAD_REQUEST
    return CODE_BY_STATUS.get(status, other)


def _database_unavailable(error: Exception) -> AnyResponse:
    current_app.logger.error("database unavailable: %s", error)
    return _unavailable()


def _hashing_unavailable(error: Exception) -> AnyResponse:
    current_app.logger.error("no memory for a password's hash: %s", error)
    return _unavailable()


def _too_many_hashes(_raised: TooManyWait) -> AnyResponse:
    return _answer(refuse(Refusal(RequestCode.BUSY)), LATER)


def _unavailable() -> AnyResponse:
    return _answer(refuse(Refusal(RequestCode.UNAVAILABLE)), LATER)


def _not_signed_in() -> AnyResponse:
    code = _why_not_signed_in()
    return _redirect_to_form(url_for("auth.sign_in_form", next=_wanted()), Refusal(code))


def _why_not_signed_in() -> RequestCode:
    if g.get("key_opens_nothing"):
        return RequestCode.KEY_UNKNOWN
    return RequestCode.TOKEN_EXPIRED if g.get("access_token_expired") else RequestCode.NOT_SIGNED_IN


def _wanted() -> str | None:
    # Back to the page that sent the form, because the form's own address cannot be opened.
    return request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else came_from()


def _redirect_to_form(form: str, refusal: Refusal) -> AnyResponse:
    """The answer if a sign-in, a PIN or a password is needed first: people are sent to its form."""
    if _for_programs():
        return problem(refuse(refusal))
    if wants_fragments():
        # No content: the page reloads itself, and is then redirected to the form.
        return make_response("", Unauthorized.code)
    if request.method not in ("GET", "HEAD"):
        flash(_("That was not done, as this comes first. Do it again afterwards."), "error")
    return redirect(form, 303)


def _for_programs() -> bool:
    return request.path.startswith(DATA_PATHS)


def _answer(refused: Refused, headers: Headers = ()) -> AnyResponse:
    # A person can read out the id, and somebody looks it up in the log.
    reference = request_id() if refused.status >= SERVER_FAULT else None
    if _for_programs():
        response = problem(refused)
    elif wants_fragments():
        text = refused.sentence if reference is None else f"{refused.sentence} ({reference})"
        response = make_response(toast("error", text), refused.status)
        response.mimetype = FRAGMENTS
    else:
        response = make_response(_page(refused, reference), refused.status)
    response.headers.extend(headers)
    return response


def _page(refused: Refused, reference: str | None) -> str:
    is_read = request.method in ("GET", "HEAD")
    again = is_read and refused.code == RequestCode.UNAVAILABLE
    return render_template(
        "errors/error.html",
        title=_title(refused),
        sentence=refused.sentence,
        advice=_advice(refused),
        back=came_from(),
        home=_home(),
        again=request.full_path.rstrip("?") if again else None,
        reference=reference,
        # The database may be the cause: it is not asked again.
        the_fair=fair_identity.last_known
        if refused.status >= SERVER_FAULT
        else fair_identity.current,
    )


def _known_fair(refused: Refused) -> Callable[[], FairIdentity]:
    # The database may be the cause: it is not asked again.
    is_ours = refused.status >= SERVER_FAULT
    return fair_identity.last_known if is_ours else fair_identity.current


def _home() -> str:
    """The start page for the audience of this address."""
    parts = request.path.split("/")
    if parts[1] == "company" and len(parts) > len(["", "company", "token"]):
        return "/".join(parts[:3])
    return "/admin/" if parts[1] == "admin" else "/"


def _advice(refused: Refused) -> str:
    """What a person can do about the error."""
    match refused.code:
        case RequestCode.UNAVAILABLE:
            return _("This page tries again by itself.") if request.method == "GET" else ""
        case RequestCode.SERVER_ERROR:
            return _("If it happens again, tell the organisers: they can do everything for you.")
        case RequestCode.FORBIDDEN:
            return _("Sign in with the account that may see it, or start from your own page.")
        case RequestCode.NOT_FOUND:
            return _("Check the address, or start from your own page.")
        case _other:
            return ""


def _title(refused: Refused) -> str:
    match refused.code:
        case RequestCode.UNAVAILABLE:
            return _("Out of reach for a moment")
        case RequestCode.SERVER_ERROR:
            return _("A fault on our side")
        case RequestCode.FORBIDDEN | RequestCode.NOT_ALLOWED | RequestCode.CSRF:
            return _("Not allowed")
        case RequestCode.NOT_FOUND:
            return _("Not found")
        case RequestCode.TOO_MANY:
            return _("Too many attempts")
        case _other:
            return _("This did not work")
