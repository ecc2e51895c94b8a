"""The exceptions, and the codes of refusals that do not come from the rules of the fair."""

from __future__ import annotations

from enum import StrEnum, auto

from jobfair.domain.refusals import Refusal


class RequestCode(StrEnum):
    """Every reason to refuse a request that is not a rule of the fair.

    The value, which programs read, is the name in lower case.
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
    KEY_UNKNOWN = auto()
    KEY_CLOSED = auto()
    KEY_SCOPE = auto()
    NOT_ALLOWED = auto()
    WRONG_CREDENTIALS = auto()
    WRONG_PASSWORD = auto()
    ACCOUNT_INACTIVE = auto()
    PASSWORD_LAPSED = auto()
    PASSWORD_TO_CHANGE = auto()
    PASSWORD_UNCHANGED = auto()
    PASSWORD_NEEDED = auto()
    SECOND_FACTOR_NEEDED = auto()
    WRONG_SECOND_FACTOR = auto()
    SECOND_FACTOR_TO_SET_UP = auto()
    SECOND_FACTOR_IS_ON = auto()
    OWN_SECOND_FACTOR = auto()
    UNKNOWN_TOKEN = auto()
    PIN_REQUIRED = auto()
    WRONG_PIN = auto()
    TOO_MANY_PINS = auto()
    TOO_MANY_CODES = auto()
    TOO_MANY_PASSWORDS = auto()
    LINK_UNKNOWN = auto()
    LINK_USED = auto()
    LINK_OVER = auto()
    LINK_INACTIVE = auto()
    SIGN_IN_AGAIN = auto()
    SCHOOL_DENIED = auto()
    SCHOOL_ATTEMPT_OVER = auto()
    SCHOOL_NOT_PROVED = auto()
    SCHOOL_ADDRESS_NOT_VERIFIED = auto()
    SCHOOL_ADDRESS_OF_ANOTHER = auto()
    SCHOOL_ADDRESS_OF_TEAM = auto()
    SCHOOL_NAME_MISSING = auto()

    # What is asked for
    CHANGED_MEANWHILE = auto()
    NAME_TAKEN = auto()
    EMAIL_TAKEN = auto()
    OWN_ROLE = auto()
    LAST_ORGANISER = auto()
    ALREADY_MEMBER = auto()
    TOO_MANY_KEYS = auto()
    TOO_MANY_WEBHOOKS = auto()
    NOT_A_STUDENT = auto()
    UNKNOWN_COMPANY = auto()
    SEVERAL_COMPANIES = auto()
    SAME_PLACE = auto()
    NOBODY_WAITING = auto()
    ALERT_OVER = auto()
    ALERT_TAKEN = auto()
    NOT_MET = auto()
    IMPORT_STALE = auto()
    IMPORT_NOT_LAST = auto()
    PROFILE_CLOSED = auto()
    LOGO_UNKNOWN = auto()
    LOGO_TOO_LARGE = auto()
    MAP_UNKNOWN = auto()
    MAP_TOO_LARGE = auto()
    END_TOO_EARLY = auto()
    DAYS_REVERSED = auto()
    CLOSES_BEFORE_OPENING = auto()
    HOURS_NEED_A_DAY = auto()
    KEPT_TOO_SHORT = auto()
    BACKUP_MISSING = auto()
    BACKUP_DAMAGED = auto()
    BACKUP_CUT = auto()
    BACKUP_FOREIGN = auto()
    BACKUP_OF_ANOTHER_VERSION = auto()
    BACKUP_TOO_LARGE = auto()
    NAME_NOT_TYPED = auto()
    FAIR_IS_OPEN = auto()
    FAIR_NOT_CLOSED = auto()
    DOMAINS_MISSING = auto()
    ADDRESS_NOT_CONFIRMED = auto()
    ADDRESS_CONFIRMED = auto()
    ADDRESS_CODE_SENT = auto()
    ADDRESS_CODE_OVER = auto()
    ADDRESS_CODE_WRONG = auto()
    NO_MAIL = auto()
    NO_MAIL_SERVER = auto()
    NO_COMPANIES = auto()
    REHEARSAL_RUNS = auto()
    REHEARSAL_OVER = auto()

    # What is no fault of theirs
    UNAVAILABLE = auto()
    SCHOOL_OUT_OF_REACH = auto()
    BUSY = auto()
    SERVER_ERROR = auto()


class NotFound(Exception):
    """Something does not exist, or is not the user's: same answer. `what` is its kind."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Problem(Exception):
    """A refusal as an exception, to be raised anywhere above the services.

    Takes the code, and by name the values that its sentence needs.
    """

    def __init__(self, code: StrEnum, **params: int | str) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, params)


class StepPending(Problem):
    """Somebody signed in has to do one thing before anything else, at the endpoint `form`."""

    def __init__(self, code: StrEnum, form: str) -> None:
        super().__init__(code)
        self.form = form


class PasswordNeeded(Problem):
    """Somebody who has not given their password lately asked for something grave."""


class PinWanted(Problem):
    """A company's link was used without the stand's PIN."""
