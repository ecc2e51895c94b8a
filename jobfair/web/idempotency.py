"""A request that is sent again gets the first answer, and is not carried out twice.

If the network fails between a tap and its answer, the client does not know whether the request
arrived. With an idempotency key, in a header or a form field, it may send the request until it
is answered. A key belongs to its sender: a sign-in, a program's key or a company's link.

Our own code, because the key is stored in the transaction of the request. A library around the
application could not do that.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable

from flask import Flask, Response, current_app, request, session
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from jobfair.db.transactions import unlocked_transaction
from jobfair.exceptions import NotFound, Problem, RequestCode
from jobfair.queries.stand import stands
from jobfair.security.keyed_digest import begin_digest
from jobfair.unit_of_work import idempotency_keys
from jobfair.unit_of_work.idempotency_keys import IdempotentRequest, Repeated, StoredResponse
from jobfair.web.idempotent_request import HEADER, current, set_current
from jobfair.web.requests import json_body
from jobfair.web.security.browsers import csrf
from jobfair.web.security.stand import stand_pins

FIELD = "idempotency_key"
MAX_KEY_LENGTH = 128

WAIT_SECONDS = 5.0
POLL_SECONDS = 0.05

NOT_COVERED = (
    "auth",
    "api_auth",
    "invitation",
    "sign_in_code",
    "admin.second_factor",
    "pin",
    "admin.backups",
    "api_backups",
    "api_links.give_pins",
    "api_second_factor",
    "admin.invitations",
    "admin.student.reset_password",
    "admin.team",
    "api_team",
    "api_student.reset_password",
    "api_student.make_link",
    "api_student_accounts.make_links",
    "admin.keys",
    "api_keys",
    "admin.webhooks.make",
    "admin.webhooks.change_secret",
    "api_webhooks.make",
    "api_webhooks.change_secret",
)
"""Blueprints and endpoints whose answers show a secret once, sign somebody in, or replace the fair
that stores the requests. Such a request is carried out again, and the latest one counts."""

SECRET_FIELDS = ("password", "pin", "code")
"""The ends of the names of fields with which somebody signs in. A request with such a field is
carried out again too: nothing of it is stored."""

SESSION_KEYS = ("_flashes", "refused", "draft")
"""What the session carries to the page after a redirect; it belongs to the answer."""


def init_app(app: Flask) -> None:
    """Check every request that could change something, and store its answer."""
    app.before_request(_find_answer)
    app.after_request(_store_answer)
    app.register_error_handler(Repeated, _repeated_raised)


def _find_answer() -> Response | None:
    if request.method in csrf.SAFE_METHODS or not _is_covered():
        return None
    key = request.headers.get(HEADER) or request.form.get(FIELD)
    if not key:
        return None
    if len(key) > MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise Problem(RequestCode.INVALID_KEY)
    sender = _sender()
    if sender is None or any(map(is_secret, _field_names())):
        return None
    keyed = IdempotentRequest(sender, key, _digest())
    if idempotency_keys.find(keyed) is not None:
        return _first_answer(keyed)
    set_current(keyed)
    return None


def _is_covered() -> bool:
    return request.blueprint not in NOT_COVERED and request.endpoint not in NOT_COVERED


def is_secret(field: str) -> bool:
    """Whether a field of this name holds a password or a PIN."""
    return field.endswith(SECRET_FIELDS)


def _field_names() -> Iterable[str]:
    if not request.is_json:
        return request.form
    try:
        return json_body()
    except Problem:
        # If the view reads a body, it refuses this one with a sentence.
        return ()


def _sender() -> str | None:
    token = (request.view_args or {}).get("token")
    if token is None:
        return _account_sender()
    try:
        link = stands.link(token)
    except NotFound:
        return None
    # Otherwise a stored answer would be given to somebody who has the link but not the PIN.
    stand_pins.check(link)
    return f"company {link.company.id}"


def _account_sender() -> str | None:
    if not current_user.is_authenticated:
        return None
    if current_user.via == "key":
        return f"key {current_user.key_id}"
    return f"sign-in {current_user.sign_in_id}"


def _digest() -> str:
    """A digest of the method, the path and the contents, without the key and the CSRF token."""
    digest = begin_digest("idempotent request")
    digest.update(f"{request.method} {request.full_path}".encode())
    for name, value in sorted(request.form.items(multi=True)):
        if name not in (FIELD, csrf.FIELD):
            digest.update(repr((name, value)).encode())
    for name, file in sorted(request.files.items(multi=True)):
        digest.update(repr((name, file.read())).encode())
        file.seek(0)
    digest.update(request.get_data())
    return digest.hexdigest()


def _first_answer(keyed: IdempotentRequest) -> Response:
    """The answer to the first request; waits if that is still being carried out.

    Raises Problem: `key_reused` if the key belongs to a different request, `already_received` if
    there is no answer, because the server died before it was stored.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        found = idempotency_keys.find(keyed)
        if found is None:
            break
        if found.digest != keyed.digest:
            raise Problem(RequestCode.KEY_REUSED)
        if found.response is not None:
            return _replay(found.response)
        time.sleep(POLL_SECONDS)
    raise Problem(RequestCode.ALREADY_RECEIVED)


def _repeated_raised(_raised: Repeated) -> Response:
    """The answer when two equal requests arrive together, and this one was not first."""
    keyed = current()
    assert keyed is not None
    # The other request stores the answer, so this one must not.
    set_current(None)
    return _first_answer(keyed)


def _replay(answer: StoredResponse) -> Response:
    response = Response(
        zlib.decompress(answer.body), answer.status, content_type=answer.content_type
    )
    if answer.location is not None:
        response.location = answer.location
    session.update(answer.said)
    return response


def _store_answer(response: Response) -> Response:
    keyed = current()
    if keyed is None or not keyed.is_stored or response.status_code >= 500 or response.is_streamed:
        return response
    answer = StoredResponse(
        response.status_code,
        response.content_type or "",
        response.location,
        {name: session[name] for name in SESSION_KEYS if name in session},
        zlib.compress(response.get_data(), 1),
    )
    try:
        with unlocked_transaction() as connection:
            idempotency_keys.store_response(connection, keyed, answer)
    except SQLAlchemyError as error:
        # The request is done and answered; only a repetition gets no answer.
        current_app.logger.error("an answer was not kept: %s", error)
    return response
