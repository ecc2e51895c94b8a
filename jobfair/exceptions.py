"""Why a request is refused, beside the rules of the fair: the codes, and what is raised."""

from __future__ import annotations

from enum import StrEnum, auto

from jobfair.domain.refusals import Refusal


class RequestCode(StrEnum):
    """Every reason, beside the rules of the fair, for which a request is refused.

    Programs read its value: the name in lower case.
    """

    # What was sent
    INVALID = auto()
    BAD_REQUEST = auto()
    UNSUPPORTED_MEDIA_TYPE = auto()
    TOO_LARGE = auto()
    LIST_TOO_LARGE = auto()
    METHOD_NOT_ALLOWED = auto()
    NOT_FOUND = auto()
    TOO_MANY = auto()
    CSRF = auto()
    INVALID_KEY = auto()
    KEY_REUSED = auto()
    ALREADY_RECEIVED = auto()

    # Who asks
    NOT_SIGNED_IN = auto()
    TOKEN_EXPIRED = auto()
    FORBIDDEN = auto()
    WRONG_CREDENTIALS = auto()
    WRONG_PASSWORD = auto()
    ACCOUNT_INACTIVE = auto()
    UNKNOWN_TOKEN = auto()
    PIN_REQUIRED = auto()
    WRONG_PIN = auto()
    TOO_MANY_PINS = auto()
    LINK_UNKNOWN = auto()
    LINK_USED = auto()
    LINK_OVER = auto()
    LINK_INACTIVE = auto()

    # What is asked for
    NAME_TAKEN = auto()
    EMAIL_TAKEN = auto()
    NOT_A_STUDENT = auto()
    UNKNOWN_COMPANY = auto()
    NOBODY_WAITING = auto()
    NOT_MET = auto()
    IMPORT_STALE = auto()
    END_TOO_EARLY = auto()

    # What is no fault of theirs
    UNAVAILABLE = auto()
    SERVER_ERROR = auto()


class NotFound(Exception):
    """No such thing, or not the asker's: the two are not told apart. `what` names its kind."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Problem(Exception):
    """A request that cannot be answered, and why: raise it anywhere above the services.

    Takes the code, and by name the values that its sentence needs.
    """

    def __init__(self, code: StrEnum, **params: int | str) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, params)


class PinWanted(Problem):
    """A company's link was used by somebody who has not given the stand's PIN."""
