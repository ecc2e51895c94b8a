"""A company's link as the key to its calls of the JSON interface."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from jobfair.exceptions import NotFound, Problem, RequestCode
from jobfair.queries.stand.stands import StandLink
from jobfair.queries.views import CompanyView
from jobfair.web.security.sign_in import authentication

Args = ParamSpec("Args")
Returned = TypeVar("Returned")


def link_only(
    view: Callable[Concatenate[CompanyView, Args], Returned],
) -> Callable[..., Returned]:
    """Open a view to everybody with the link; it is given the company instead of the token."""

    @wraps(view)
    def opened(token: str, *args: Args.args, **kwargs: Args.kwargs) -> Returned:
        return view(link_of(token).company, *args, **kwargs)

    return opened


def link_of(token: str) -> StandLink:
    """The link that is used. Raises Problem (`unknown_token`), and PinWanted."""
    try:
        return authentication.link_of(token)
    except NotFound as error:
        raise Problem(RequestCode.UNKNOWN_TOKEN) from error
