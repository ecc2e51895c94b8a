"""A company's link as the key to its calls of the JSON interface."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from flask_babel import gettext as _

from jobfair.exceptions import NotFound, Problem
from jobfair.queries.stand.stands import Link
from jobfair.queries.views import CompanyView
from jobfair.web.security import authentication

Args = ParamSpec("Args")
Returned = TypeVar("Returned")


def link_only(
    view: Callable[Concatenate[CompanyView, Args], Returned],
) -> Callable[..., Returned]:
    """Open a view to whoever has the link; it is given the company instead of the token."""

    @wraps(view)
    def opened(token: str, *args: Args.args, **kwargs: Args.kwargs) -> Returned:
        return view(link_of(token).company, *args, **kwargs)

    return opened


def link_of(token: str) -> Link:
    """The link that is used. Raises Problem (404 `unknown_token`; 401 and 429 for its PIN)."""
    try:
        return authentication.link_of(token)
    except NotFound as error:
        raise Problem("unknown_token", _("Invalid token"), 404) from error
