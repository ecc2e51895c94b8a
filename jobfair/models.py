"""Tables and constraints. The database refuses invalid states too, but decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    TypeDecorator,
    UniqueConstraint,
    and_,
    cast,
    false,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.domain.signing_up import SignUp
from jobfair.domain.state import (
    CompanyStatus,
    EntryState,
    Phase,
    Presence,
    ScreenNames,
    StudentStatus,
)
from jobfair.extensions import db


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC. SQLite drops the time zone, so it is added when reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


def _words(enum: type[StrEnum]) -> Enum:
    return Enum(
        enum,
        native_enum=False,
        length=16,
        values_callable=lambda each: [member.value for member in each],
        create_constraint=True,
        name=enum.__name__.lower(),
    )


class Role(StrEnum):
    """Who an account belongs to. Companies have no account, only a link.

    An admin is an organiser; the desk helps, a viewer looks (`services.access.rights`).
    """

    STUDENT = "student"
    ADMIN = "admin"
    DESK = "desk"
    VIEWER = "viewer"


class Data(StrEnum):
    """What a column says about a person. `wording.stored_data` has the sentence of each.

    Each model declares it for all of its columns, in `holds`. From that the page about privacy and
    a student's copy of their data are made.
    """

    IDENTITY = "identity"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    ACCOUNT = "account"
    PLACES = "places"
    FAVOURITES = "favourites"
    HISTORY = "history"
    SIGN_INS = "sign_ins"
    LINKS = "links"
    PROOFS = "proofs"
    NOTES = "notes"
    PUSHES = "pushes"
    PUSH_KEYS = "push_keys"
    REQUESTS = "requests"
    ANSWERS = "answers"
    SECURITY_LOG = "security_log"
    FACTORS = "factors"
    SCHOOL = "school"
    NOTHING = "nothing"
    """Of the fair or a company, or a number that only leads from one row to another."""


Held = Mapping[Data, str]
"""Names of columns by what they hold, with spaces between."""


class Fair(db.Model):
    """The fair. Its row is the lock of every transition; `revision` is the last journal number.

    `call_minutes` is how long a call lasts, None where it lasts until somebody ends it, and
    `calls_last_since` since when that is so; calls before then count anew.
    `screen_token` is the secret of the hall's screen, None while there is no link to it.
    `profile_editing` says that companies may write their own profiles until the fair opens.
    `sign_up_word` is None before one was asked for; `sign_up_domains` are separated by a comma.
    """

    __tablename__ = "fairs"

    holds: ClassVar[Held] = {
        Data.NOTHING: (
            "id phase revision call_minutes calls_last_since screen_token screen_names "
            "sign_up sign_up_word sign_up_domains ends_on closed_at profile_editing"
        ),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    phase: Mapped[Phase] = mapped_column(_words(Phase), default=Phase.OPEN)
    revision: Mapped[int] = mapped_column(default=0)
    call_minutes: Mapped[int | None] = mapped_column(default=5)
    calls_last_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    screen_token: Mapped[str | None] = mapped_column(String(64))
    screen_names: Mapped[ScreenNames] = mapped_column(
        _words(ScreenNames), default=ScreenNames.NAMES, server_default=ScreenNames.NAMES.value
    )
    sign_up: Mapped[SignUp] = mapped_column(
        _words(SignUp), default=SignUp.OPEN, server_default=SignUp.OPEN.value
    )
    sign_up_word: Mapped[str | None] = mapped_column(String(40))
    sign_up_domains: Mapped[str | None] = mapped_column(String(1000))
    profile_editing: Mapped[bool] = mapped_column(default=False, server_default=false())
    ends_on: Mapped[date | None]
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


# Ids are never reused: a new company would inherit the history of a deleted one.
NEVER_REUSED = {"sqlite_autoincrement": True}


class User(db.Model):
    """An account that signs in by e-mail and password.

    `password_issued_at` is when somebody else made its password; None for one's own.
    `address_confirmed_at` is when its address was last known to be its owner's; None while it is
    not: they registered by themselves, or changed it, and have not proved it.
    """

    __tablename__ = "users"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.IDENTITY: "email",
        Data.PASSWORD: "password_hash",
        Data.ACCOUNT: "role created_at password_issued_at address_confirmed_at",
        Data.NOTHING: "id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    password_issued_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    role: Mapped[Role] = mapped_column(_words(Role))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    address_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignIn(db.Model):
    """A session of one browser or program. While it lasts, its access is renewed (flow 1b).

    `device` is the User-Agent header. `replaced_refresh_id` is the refresh token's id before
    `refresh_id`, which took its place at `rotated_at`; both are None until the first rotation.
    `password_confirmed_at` is when its user last proved who they are, by signing in or by the
    password; None where that was before it was written down.
    """

    __tablename__ = "sign_ins"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.SIGN_INS: ("device created_at expires_at ended_at rotated_at password_confirmed_at"),
        Data.PROOFS: "refresh_id replaced_refresh_id",
        Data.NOTHING: "id user_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    refresh_id: Mapped[str] = mapped_column(String(64))
    replaced_refresh_id: Mapped[str | None] = mapped_column(String(64))
    rotated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    device: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SecondFactor(db.Model):
    """What an account's second factor is made from. There is a row only while it is on.

    `secret` is encrypted. `last_step` is the newest step of time whose code was used: each works
    once.
    """

    __tablename__ = "second_factors"

    holds: ClassVar[Held] = {
        Data.FACTORS: "secret since last_step",
        Data.NOTHING: "user_id",
    }

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    secret: Mapped[str] = mapped_column(String(255))
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    last_step: Mapped[int]


class RecoveryCode(db.Model):
    """A code that stands in for the second factor, once. `digest` is a keyed one."""

    __tablename__ = "recovery_codes"

    holds: ClassVar[Held] = {
        Data.FACTORS: "digest used_at",
        Data.NOTHING: "user_id",
    }

    user_id: Mapped[int] = mapped_column(
        ForeignKey("second_factors.user_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Outcome(StrEnum):
    """What a row of the security log says of an account, and of what one signs in to it with."""

    SIGNED_IN = "signed_in"
    NEW_DEVICE = "unknown_device"
    WRONG_PASSWORD = "bad_password"  # noqa: S105 - the name of an outcome
    TOO_MANY = "limited"
    INACTIVE = "inactive"
    WRONG_OWN = "wrong_own"
    SCHOOL_REFUSED = "school_refused"
    SCHOOL_LINKED = "school_linked"
    CHANGED = "changed"
    BY_LINK = "by_link"
    BY_ORGANISER = "by_organiser"
    ENDED_OTHERS = "ended_others"
    WRONG_CODE = "wrong_factor"
    RECOVERY_CODE = "recovery_code"
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    FACTOR_REMOVED = "factor_removed"
    NEW_CODES = "new_codes"


PASSING = "passing"
# Marks a table that is not part of the fair; backups leave it out.
NO_PART_OF_THE_FAIR = {"info": {PASSING: True}}


class SecurityLogRow(db.Model):
    """A sign-in, good or bad, or a change of what one signs in with. Its account alone sees it.

    `user_id` is None where no account has the address that was given. `address` is a keyed digest
    of the visitor's IP address, `device` the browser's name and system, as `open_sign_ins` has it.
    """

    __tablename__ = "security_log"
    __table_args__ = (
        Index("ix_security_log_account", "user_id", "outcome", "id"),
        NEVER_REUSED | NO_PART_OF_THE_FAIR,
    )

    holds: ClassVar[Held] = {
        Data.SECURITY_LOG: "at outcome address device",
        Data.NOTHING: "id user_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[Outcome] = mapped_column(_words(Outcome))
    address: Mapped[str] = mapped_column(String(16))
    device: Mapped[str] = mapped_column(String(60))


class Student(db.Model):
    """A person at the fair. `company_id` is where their interview runs."""

    __tablename__ = "students"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.IDENTITY: "first_name last_name",
        Data.ACCOUNT: "active",
        Data.PLACES: "status",
        Data.NOTHING: "id user_id company_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    status: Mapped[StudentStatus] = mapped_column(
        _words(StudentStatus), default=StudentStatus.AVAILABLE
    )
    active: Mapped[bool] = mapped_column(default=True)
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("companies.id", ondelete="SET NULL"), index=True
    )


class Company(db.Model):
    """A stand. `revision` is the journal number of the last change its screens show.

    `logo` is the digest of its logo, whose files are a CompanyLogo; None without one.
    `paused_with_all` says that it is paused because all were, and not by itself.
    `pin_hash` is the hash of the PIN that its link asks a new device for; None without a PIN.
    """

    __tablename__ = "companies"

    holds: ClassVar[Held] = {
        Data.NOTHING: (
            "id name name_key stand token pin_hash status queue_open slots queue_limit "
            "last_position waiting running paused_with_all revision created_at "
            "hall description sectors looking_for languages link logo"
        ),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(400), unique=True)
    stand: Mapped[str | None] = mapped_column(String(50))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    pin_hash: Mapped[str | None] = mapped_column(String(255))
    status: Mapped[CompanyStatus] = mapped_column(
        _words(CompanyStatus), default=CompanyStatus.RECRUITING
    )
    queue_open: Mapped[bool] = mapped_column(default=True)
    slots: Mapped[int] = mapped_column(default=1)
    queue_limit: Mapped[int | None]
    last_position: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    running: Mapped[int] = mapped_column(default=0)
    paused_with_all: Mapped[bool] = mapped_column(default=False, server_default=false())
    revision: Mapped[int] = mapped_column(default=0, index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    hall: Mapped[str | None] = mapped_column(String(40))
    description: Mapped[str | None] = mapped_column(String(2000))
    sectors: Mapped[str | None] = mapped_column(String(210))
    looking_for: Mapped[str | None] = mapped_column(String(100))
    languages: Mapped[str | None] = mapped_column(String(210))
    link: Mapped[str | None] = mapped_column(String(500))
    logo: Mapped[str | None] = mapped_column(String(16))

    __table_args__ = (
        CheckConstraint("slots BETWEEN 1 AND 100", name="slots"),
        CheckConstraint("waiting >= 0 AND running >= 0", name="counts"),
        NEVER_REUSED,
    )


class CompanyLogo(db.Model):
    """The files of a company's logo, as WebP. By themselves, as few statements read them."""

    __tablename__ = "company_logos"

    holds: ClassVar[Held] = {Data.NOTHING: "company_id small large"}

    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True
    )
    small: Mapped[bytes] = mapped_column(LargeBinary)
    large: Mapped[bytes] = mapped_column(LargeBinary)


class HallMap(db.Model):
    """The map of a hall, as WebP. A blank hall is all companies whose hall has none of its own."""

    __tablename__ = "hall_maps"

    holds: ClassVar[Held] = {Data.NOTHING: "hall digest file width height"}

    hall: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(16))
    file: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]


class MapPlace(db.Model):
    """Where a company's stand is on the map of `hall`.

    From the left and from the top, in ten-thousandths of the map's sides. It counts while that map
    is the one that shows the company, see `map_of_company`.
    """

    __tablename__ = "map_places"

    holds: ClassVar[Held] = {Data.NOTHING: "company_id hall x y"}

    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    hall: Mapped[str] = mapped_column(String(40))
    x: Mapped[int]
    y: Mapped[int]

    __table_args__ = (
        CheckConstraint("x BETWEEN 0 AND 10000 AND y BETWEEN 0 AND 10000", name="on_the_map"),
    )


def map_of_company() -> ColumnElement[str | None]:
    """In a statement about companies: the hall on whose map each is shown, NULL without a map."""
    # The blank one is sorted last: a hall's own map comes before that of all.
    return (
        select(HallMap.hall)
        .where(HallMap.hall.in_([Company.hall, ""]))
        .order_by(HallMap.hall.desc())
        .limit(1)
        .correlate(Company)
        .scalar_subquery()
    )


class Entry(db.Model):
    """One student's place in one queue; its id is the journal number of its join."""

    __tablename__ = "entries"

    holds: ClassVar[Held] = {
        Data.PLACES: (
            "position state aside presence reminded slot created_at called_at seen "
            "coming_at held_until started_at completed_at"
        ),
        Data.NOTHING: "id company_id student_id turn ended",
    }

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id", ondelete="CASCADE"))
    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    state: Mapped[EntryState] = mapped_column(_words(EntryState))
    aside: Mapped[bool] = mapped_column(default=False)
    presence: Mapped[Presence] = mapped_column(_words(Presence))
    reminded: Mapped[bool] = mapped_column(default=False)
    turn: Mapped[int | None]
    slot: Mapped[int | None]
    ended: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    seen: Mapped[bool] = mapped_column(default=False)
    coming_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    held_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


# Literals, not parameters: SQLite uses a partial index only for a query that repeats its
# condition word for word, and PostgreSQL then knows how many rows match.
WAITING = Entry.state == literal_column("'waiting'")
RUNNING = Entry.state == literal_column("'running'")
DONE = Entry.state == literal_column("'done'")
NOT_LEFT = Entry.state != literal_column("'left'")
CALLED = Entry.turn.is_not(None)

# Equalities only, so that one index leads to the head of either list without visiting the
# entries that are skipped.
_IN_LINE = and_(WAITING, Entry.aside.is_(False))
READY = and_(_IN_LINE, Entry.presence == Presence.AVAILABLE)
AWAY = and_(_IN_LINE, Entry.presence == Presence.PAUSED)
Index(
    "ix_entries_head",
    Entry.company_id,
    Entry.state,
    Entry.aside,
    Entry.presence,
    Entry.position,
)


def _partial(name: str, condition: Any, *columns: Any, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


Entry.__table__.append_constraint(UniqueConstraint(Entry.company_id, Entry.position))
_partial("uq_entries_student_once", NOT_LEFT, Entry.company_id, Entry.student_id, unique=True)
_partial("uq_entries_one_interview", RUNNING, Entry.student_id, unique=True)
_partial("uq_entries_slot", RUNNING, Entry.company_id, Entry.slot, unique=True)
_partial("ix_entries_called", CALLED, Entry.company_id)
_partial("ix_entries_waiting", WAITING, Entry.company_id, Entry.position)


class JournalRow(db.Model):
    """An event. `number` is given by the transition, so it is in commit order.

    `change` is the number of the first row of the same transition. `companies` are those whose
    screens change with it.
    """

    __tablename__ = "journal"

    holds: ClassVar[Held] = {
        Data.HISTORY: "at kind company_name actor data",
        Data.NOTHING: "number change company_id student_id entry_id actor_id companies",
    }

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    change: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[str] = mapped_column(String(40))
    company_id: Mapped[int | None]
    student_id: Mapped[int | None]
    entry_id: Mapped[int | None]
    company_name: Mapped[str | None] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[int | None]
    companies: Mapped[list[int]] = mapped_column(JSON)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)

    # No foreign keys: events stay when their company or student is deleted.
    __table_args__ = (
        Index("ix_journal_company", "company_id", "number"),
        Index("ix_journal_student", "student_id", "number"),
    )


class Invitation(db.Model):
    """A single-use link for somebody who has no password, or has lost it.

    Only the digest of its secret is stored, so reading the table lets nobody in.
    """

    __tablename__ = "invitations"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.LINKS: "created_at expires_at used_at",
        Data.PROOFS: "digest",
        Data.NOTHING: "id user_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SchoolAccount(db.Model):
    """The account at the school's provider by which a user signs in, as it was at first use.

    `subject` is the provider's own name for it, which never becomes somebody else's, as an
    address may.
    """

    __tablename__ = "school_accounts"

    holds: ClassVar[Held] = {
        Data.SCHOOL: "issuer subject linked_at",
        Data.NOTHING: "user_id",
    }

    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)

    # One account at a provider for each user: another person with a reused address gets none.
    __table_args__ = (UniqueConstraint("user_id", "issuer"),)


class Note(db.Model):
    """What a stand has written down about somebody it met. Nobody else reads it."""

    __tablename__ = "notes"

    holds: ClassVar[Held] = {
        Data.NOTES: "text updated_at",
        Data.NOTHING: "company_id student_id",
    }

    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True
    )
    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(String(2000))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AddressCode(db.Model):
    """The code that was mailed last to an address that is to be proved, as a keyed digest."""

    __tablename__ = "address_codes"
    __table_args__ = NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {Data.PROOFS: "digest sent_at tries", Data.NOTHING: "user_id"}

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int]


class Favourite(db.Model):
    """A company that a student has starred. Nobody else sees it, and no log has it."""

    __tablename__ = "favourites"

    holds: ClassVar[Held] = {
        Data.FAVOURITES: "created_at",
        Data.NOTHING: "student_id company_id",
    }

    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), primary_key=True
    )
    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class IdempotencyKey(db.Model):
    """A request that has been carried out, by its idempotency key, and the stored response.

    `status` is None until the response is known. `said` holds what the session carries to the
    next page.
    """

    __tablename__ = "request_keys"
    __table_args__ = NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {
        Data.REQUESTS: "at status location",
        Data.ANSWERS: "key digest content_type said body",
        Data.NOTHING: "sender",
    }

    sender: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    status: Mapped[int | None]
    content_type: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str | None] = mapped_column(String(2000))
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


def sent_by(user_id: Any) -> ColumnElement[bool]:
    """The condition for the requests that a user has sent, by any of their sign-ins."""
    senders = select(literal("sign-in ") + cast(SignIn.id, String)).where(SignIn.user_id == user_id)
    return IdempotencyKey.sender.in_(senders)


class PushSubscription(db.Model):
    """A browser that receives a student's calls while no page is open. It ends with its sign-in.

    `endpoint` is a URL at the browser's push service, and as secret as a password. `refused`
    counts the pushes in a row that the service rejected.
    """

    __tablename__ = "push_subscriptions"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.PUSHES: "language created_at refused",
        Data.PUSH_KEYS: "endpoint p256dh auth",
        Data.NOTHING: "id sign_in_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_id: Mapped[int] = mapped_column(
        ForeignKey("sign_ins.id", ondelete="CASCADE"), index=True
    )
    endpoint: Mapped[str] = mapped_column(String(1000), unique=True)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    refused: Mapped[int] = mapped_column(default=0)


class Push(db.Model):
    """A journal row on its way to one browser. The worker that inserts this row sends it.

    `turn` is the turn that it is about, if any. `due_at` is when another worker may try, in case
    the first one failed or died; None once there is nothing more to do.
    """

    __tablename__ = "pushes"

    holds: ClassVar[Held] = {
        Data.PUSHES: "due_at sent_at",
        Data.NOTHING: "number subscription_id turn",
    }

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("push_subscriptions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    turn: Mapped[int | None]
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


_partial("ix_pushes_due", Push.due_at.is_not(None), Push.due_at)
