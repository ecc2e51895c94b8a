"""What can happen at a fair, in the past tense. Each is one row of the journal.

The fields are plain values, so that an event goes to JSON and back unchanged. Ids are those of
the things concerned; `before` and `after` are what an organiser wants to read in the log.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, get_args

from jobfair.domain.reasons import AsideBecause, LeftBecause, SignDownBecause


@dataclass(frozen=True, slots=True)
class OfCompany:
    company_id: int


@dataclass(frozen=True, slots=True)
class OfStudent:
    student_id: int


@dataclass(frozen=True, slots=True)
class OfEntry:
    entry_id: int
    company_id: int
    student_id: int


class JournalOnly:
    """An event that no rule depends on: it is recorded, and changes nothing in the hall."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Joined(OfEntry):
    """A new entry; its id is this event's number. Its `position` is None until it is drawn.

    Of a student who joins by themselves, `ahead` is how many waited there, and `told` the range of
    minutes that they are told, None where nobody knows it. A student who is put there, or has no
    position yet, is told nothing: then both are None.
    """

    position: int | None
    ahead: int | None = None
    told: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Left(OfEntry):
    """An entry was given up or removed. If it was running, its student becomes available."""

    reason: str = LeftBecause.LEFT


@dataclass(frozen=True, slots=True)
class SetAside(OfEntry):
    reason: str = AsideBecause.ABSENT


@dataclass(frozen=True, slots=True)
class CameBack(OfEntry):
    """A student whose entry was set aside said «Je suis là»."""


@dataclass(frozen=True, slots=True)
class InterviewStarted(OfEntry):
    """`out_of_turn`: the stand started with a student who was not called."""

    slot: int
    out_of_turn: bool = False


@dataclass(frozen=True, slots=True)
class StartUndone(OfEntry):
    """A start was taken back: the entry waits again where it was, its student is available."""


@dataclass(frozen=True, slots=True)
class InterviewCompleted(OfEntry):
    """The entry is done and its student paused (rule 5)."""


@dataclass(frozen=True, slots=True)
class CompletionUndone(OfEntry):
    """A stand undid the end of an interview: it runs again, from its first start.

    `completion` is the journal number of the event that had ended it.
    """

    completion: int
    slot: int


@dataclass(frozen=True, slots=True)
class InterviewBrokenOff(OfEntry):
    """An admin forced the student out: not done, set aside (rule 11); `after` is their status."""

    after: str


@dataclass(frozen=True, slots=True)
class EntryCompleted(OfEntry):
    """An admin completed a waiting entry; nothing else changes (rule 5)."""


@dataclass(frozen=True, slots=True)
class PaperInterviewEntered(OfEntry):
    """An admin entered an interview that had been noted on paper; its times are in ISO 8601.

    The entry is done; nothing else changes (rule 11).
    """

    started_at: str
    ended_at: str


@dataclass(frozen=True, slots=True)
class TurnCame(OfEntry):
    """The entry became callable; this event's number is the turn's."""


@dataclass(frozen=True, slots=True)
class TurnEnded(OfEntry):
    """The entry stopped being callable without a start."""

    turn: int
    reason: str


@dataclass(frozen=True, slots=True)
class CallSeen(OfEntry):
    """A screen of the called student's has shown the call."""


@dataclass(frozen=True, slots=True)
class SaidComing(OfEntry):
    """A called student said «J'y vais», which holds the turn for a while."""


@dataclass(frozen=True, slots=True)
class HoldEnded(OfEntry):
    """The hold after «J'y vais» is over; the turn goes on like any other."""


@dataclass(frozen=True, slots=True)
class HoldGivenUp(OfEntry):
    """Its student said «J'y vais» to another stand; the turn goes on like any other."""


@dataclass(frozen=True, slots=True)
class TurnSoon(OfEntry):
    """Somebody who is about to be called was told so, once for the entry (rule 15)."""


@dataclass(frozen=True, slots=True)
class Reminded(OfEntry):
    """A paused student whose turn it would be was told so (rule 12)."""


@dataclass(frozen=True, slots=True)
class StudentCreated(OfStudent):
    status: str


@dataclass(frozen=True, slots=True)
class StudentEdited(OfStudent):
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class IntroductionChanged(OfStudent, JournalOnly):
    """The student changed what stands see of them; the words themselves are kept nowhere else.

    `fields` are the names of what changed, `shown` says whether stands see it from now on, and
    `stands` are the companies whose screens showed it or show it now.
    """

    fields: tuple[str, ...]
    shown: bool
    stands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StudentInvited(OfStudent, JournalOnly):
    """A personal link was made for the student."""


@dataclass(frozen=True, slots=True)
class AddressConfirmed(OfStudent, JournalOnly):
    """The student's e-mail address is proved, by its code or at the desk."""


@dataclass(frozen=True, slots=True)
class StudentDeleted(OfStudent):
    name: str


@dataclass(frozen=True, slots=True)
class StudentStatusChanged(OfStudent):
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StudentDeactivated(OfStudent):
    pass


@dataclass(frozen=True, slots=True)
class StudentReactivated(OfStudent):
    pass


@dataclass(frozen=True, slots=True)
class CompanyCreated(OfCompany):
    name: str
    status: str
    slots: int
    queue_limit: int | None


@dataclass(frozen=True, slots=True)
class CompanyRenamed(OfCompany):
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CompanyMoved(OfCompany, JournalOnly):
    """The stand's number or place in the hall changed."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class CompanyProfileChanged(OfCompany, JournalOnly):
    """What students read of a company changed: the field of that name, as text."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class CompanyContactChanged(OfCompany, JournalOnly):
    """A company has another contact address, or none any more. The journal does not say which."""


@dataclass(frozen=True, slots=True)
class CompanyLogoChanged(OfCompany, JournalOnly):
    """The digests of the logos before and after, None for no logo."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class StandPlaced(OfCompany, JournalOnly):
    """Where the stand is on the map of its hall, from left and top; None: not on it.

    In ten-thousandths of the map's sides.
    """

    before: tuple[int, int] | None
    after: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class CompanyDeleted(OfCompany):
    name: str


@dataclass(frozen=True, slots=True)
class CompanyStatusChanged(OfCompany):
    """`with_all` says that all companies were paused at once, or that this one ends that, `left`
    that its stand left the fair."""

    before: str
    after: str
    with_all: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class DoorSignPutUp(OfCompany):
    """A stand says something to its own queue, until a time in ISO 8601 at the latest.

    `text` is None where the sign is a ready one.
    """

    sign: str
    text: str | None
    until: str


@dataclass(frozen=True, slots=True)
class DoorSignTakenDown(OfCompany):
    reason: str = SignDownBecause.TAKEN_DOWN


@dataclass(frozen=True, slots=True)
class QueueOpened(OfCompany):
    pass


@dataclass(frozen=True, slots=True)
class QueueClosed(OfCompany):
    """«File fermée»: nobody joins, calling goes on."""


@dataclass(frozen=True, slots=True)
class SlotsChanged(OfCompany):
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class QueueLimitChanged(OfCompany):
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Reordered(OfCompany):
    """Entries' new positions, as (entry id, position); those not named keep theirs."""

    before: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TokenRegenerated(OfCompany, JournalOnly):
    pass


@dataclass(frozen=True, slots=True)
class PinSet(OfCompany, JournalOnly):
    """The company's link asks for a PIN, or for another one than before."""


@dataclass(frozen=True, slots=True)
class PinRemoved(OfCompany, JournalOnly):
    """The company's link asks for no PIN any more."""


@dataclass(frozen=True, slots=True)
class LinksMailed(JournalOnly):
    """The organisers had their links mailed to a number of companies."""

    mails: int


@dataclass(frozen=True, slots=True)
class LinkMailsStopped(JournalOnly):
    """Sending was stopped; `mails` counts those that had not left yet and are not sent."""

    mails: int


@dataclass(frozen=True, slots=True)
class LinksTaken(JournalOnly):
    """Somebody took the links of this many stands away as a file; `pins`: their new PINs too."""

    links: int
    pins: bool = False


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LotSealed:
    """From now on nobody who joins has a position (rule 17); the SHA-256 of the seed to come."""

    digest: str


@dataclass(frozen=True, slots=True)
class LotLifted:
    """The fair no longer opens by lot; its seed was never used."""


@dataclass(frozen=True, slots=True)
class LotDrawn:
    """The positions are dealt by this seed, in hexadecimal; its digest is that of LotSealed."""

    digest: str
    seed: str


@dataclass(frozen=True, slots=True)
class PutIntoLot(OfCompany):
    """Waiting entries, as (entry id, position), that lose their position to the draw."""

    before: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PlacesDealt(OfCompany):
    """Entries that had no position have got these, as (entry id, position), in this order."""

    dealt: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CallLengthChanged(JournalOnly):
    """How many minutes a call lasts; None: until somebody ends it."""

    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class ScreenLinkMade(JournalOnly):
    """The hall's screen has a new link; the one before it, if any, is dead."""


@dataclass(frozen=True, slots=True)
class ScreenLinkWithdrawn(JournalOnly):
    """The hall's screen has no link any more."""


@dataclass(frozen=True, slots=True)
class ScreenNamesChanged(JournalOnly):
    """The hall's screen now shows names, or codes, of those who are called."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HallMapChanged(JournalOnly):
    """The digests of a hall's map before and after, None for no map; a blank hall is the fair."""

    hall: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class FairEndSet(JournalOnly):
    """The fair's last day was set or cleared; dates in ISO 8601, None for no date."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class FairDetailsChanged(JournalOnly):
    """What is said of the fair, by the names of its fields; only those that changed."""

    before: dict[str, str | None]
    after: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class FairZoneChanged(JournalOnly):
    """The fair's time zone; None for that of the settings."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class FairLogoChanged(JournalOnly):
    """The digests of the fair's logo before and after, None for no logo."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ProfileEditingAllowed(JournalOnly):
    """Companies may write their own profiles until the fair opens."""


@dataclass(frozen=True, slots=True)
class ProfileEditingEnded(JournalOnly):
    """They may no longer."""


@dataclass(frozen=True, slots=True)
class SignUpChanged(JournalOnly):
    """Who may sign up was changed: the mode, and the domains of the school's addresses."""

    before: dict[str, str | None]
    after: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class SignUpWordChanged(JournalOnly):
    """Another word is asked for from those who sign up."""


@dataclass(frozen=True, slots=True)
class SignInEnded(JournalOnly):
    """A sign-in was ended: signed out, revoked, or its refresh token replayed."""

    sign_in_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class NewDevice(JournalOnly):
    """An account was signed in to from a device that was not known; a student's or an admin's."""

    user_id: int
    student_id: int | None = None


@dataclass(frozen=True, slots=True)
class MemberInvited(JournalOnly):
    """Somebody got a link into the team, in this role."""

    user_id: int
    role: str


@dataclass(frozen=True, slots=True)
class MemberRoleChanged(JournalOnly):
    """Somebody of the team has another role."""

    user_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MemberRemoved(JournalOnly):
    """Somebody was removed from the team; their address is still known to the log."""

    user_id: int
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class KeyMade(JournalOnly):
    """Somebody of the team made a key for a program, with these scopes."""

    key_id: int
    name: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyWithdrawn(JournalOnly):
    """A key opens nothing any more: withdrawn, or its maker left or has another role."""

    key_id: int
    name: str


@dataclass(frozen=True, slots=True)
class WebhookMade(JournalOnly):
    """A server is told of events from now on."""

    webhook_id: int
    host: str


@dataclass(frozen=True, slots=True)
class WebhookSecretChanged(JournalOnly):
    """A server has another secret; the one before signs nothing more."""

    webhook_id: int
    host: str


@dataclass(frozen=True, slots=True)
class WebhookEventsChanged(JournalOnly):
    """A server is told of other live events, by their names."""

    webhook_id: int
    host: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WebhookPaused(JournalOnly):
    """A server was told nothing more, as it did not answer rightly for too long."""

    webhook_id: int
    host: str


@dataclass(frozen=True, slots=True)
class WebhookResumed(JournalOnly):
    """A server that was paused is told again."""

    webhook_id: int
    host: str


@dataclass(frozen=True, slots=True)
class WebhookRemoved(JournalOnly):
    """A server is told nothing more."""

    webhook_id: int
    host: str


@dataclass(frozen=True, slots=True)
class SecondFactorRemoved(JournalOnly):
    """Somebody of the team is asked for no second factor any more: another took it away."""

    user_id: int


@dataclass(frozen=True, slots=True)
class BackupTaken(JournalOnly):
    """Somebody took the whole fair away in a file."""


@dataclass(frozen=True, slots=True)
class FairRestored(JournalOnly):
    """The fair was restored from a backup made at `made_at`, in ISO 8601."""

    made_at: str


@dataclass(frozen=True, slots=True)
class FairPurged:
    """The students and the history of a past fair were removed; the fields count what was.

    `stands` are the companies that stay, each as fields of `state.Company`: with them the journal
    of the next fair begins. Door signs are not among these.
    """

    students: int
    companies: int
    stands: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class EditionClosed(JournalOnly):
    """A fair's figures were kept, and it was removed; `companies` are those that went with it."""

    name: str
    students: int
    companies: int


@dataclass(frozen=True, slots=True)
class AlertTaken(JournalOnly):
    """Somebody of the team has taken on an alert; `alert` is its key.

    It is about a company or, where `host` is not blank, about a server that is told of events.
    """

    alert: str
    company_id: int | None
    host: str = ""


@dataclass(frozen=True, slots=True)
class AlertGivenBack(JournalOnly):
    """An alert that somebody had taken on is everybody's again."""

    alert: str
    company_id: int | None
    host: str = ""


class ManyAct(StrEnum):
    """What an organiser can do to many companies, or to many students, at once."""

    PAUSE = "pause"
    RESUME = "resume"
    MORE_SLOTS = "more_slots"
    FEWER_SLOTS = "fewer_slots"
    HALL = "hall"
    MESSAGE = "message"
    SET_PIN = "set_pin"
    REMOVE_PIN = "remove_pin"
    NEW_LINK = "new_link"
    DELETE = "delete"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    TAKE_OUT = "take_out"
    WRITE = "write"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ManyChanged(JournalOnly):
    """An organiser did the same to many companies or students at once, or took that back.

    `act` is a ManyAct. `rows` are the journal numbers of what was done to each, `same` counts those
    that were so already, `left` has the companies' names, or the students' ids, of those that
    somebody else had changed meanwhile. `undoes` is the number of the ManyChanged that is taken
    back, None for an act.
    """

    act: str
    rows: tuple[int, ...]
    same: int = 0
    left: tuple[str, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class ListImported(JournalOnly):
    """A list was imported: how many were added, updated, to be removed, and stayed as they were.

    `what` is students or companies. Its own rows are those from `first` to this one. Those to be
    removed are afterwards, some at a time, each with an event.
    """

    what: str
    first: int
    added: int
    updated: int = 0
    removed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ImportUndone(JournalOnly):
    """An import was taken back: how many were removed, and how many have their former values.

    `undoes` is the number of its ListImported, `left` are the ids of those who stay as they are, as
    something was done with them since.
    """

    what: str
    undoes: int
    removed: int
    restored: int
    left: tuple[int, ...] = ()


class Audience(StrEnum):
    """Whom a message of the organisers is for."""

    EVERYONE = "everyone"
    QUEUE = "queue"
    STUDENT = "student"


@dataclass(frozen=True, slots=True)
class MessageSent(JournalOnly):
    """The organisers sent a message to `audience`: everyone, one queue or one student.

    `students` are the ids of those who get it, unless it is for everyone. `withdrawn` says that it
    was taken back since: nobody is shown it any more. `alarm` says that every company was paused
    with it.
    """

    audience: str
    text: str
    company_id: int | None = None
    student_id: int | None = None
    students: tuple[int, ...] = ()
    withdrawn: bool = False
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class MessageWithdrawn(JournalOnly):
    """The organisers took back the message whose journal number is `message`; see MessageSent."""

    message: int
    audience: str
    company_id: int | None = None
    student_id: int | None = None
    students: tuple[int, ...] = ()


Event = (
    Joined
    | Left
    | SetAside
    | CameBack
    | InterviewStarted
    | StartUndone
    | InterviewCompleted
    | CompletionUndone
    | InterviewBrokenOff
    | EntryCompleted
    | PaperInterviewEntered
    | TurnCame
    | TurnEnded
    | CallSeen
    | SaidComing
    | HoldEnded
    | HoldGivenUp
    | TurnSoon
    | Reminded
    | StudentCreated
    | StudentEdited
    | IntroductionChanged
    | StudentInvited
    | StudentDeleted
    | StudentStatusChanged
    | StudentDeactivated
    | StudentReactivated
    | AddressConfirmed
    | CompanyCreated
    | CompanyRenamed
    | CompanyMoved
    | CompanyProfileChanged
    | CompanyContactChanged
    | CompanyLogoChanged
    | StandPlaced
    | CompanyDeleted
    | CompanyStatusChanged
    | DoorSignPutUp
    | DoorSignTakenDown
    | QueueOpened
    | QueueClosed
    | SlotsChanged
    | QueueLimitChanged
    | Reordered
    | TokenRegenerated
    | PinSet
    | PinRemoved
    | LinksMailed
    | LinkMailsStopped
    | LinksTaken
    | PhaseChanged
    | LotSealed
    | LotLifted
    | LotDrawn
    | PutIntoLot
    | PlacesDealt
    | CallLengthChanged
    | ScreenLinkMade
    | ScreenLinkWithdrawn
    | ScreenNamesChanged
    | HallMapChanged
    | FairEndSet
    | FairDetailsChanged
    | FairZoneChanged
    | FairLogoChanged
    | ProfileEditingAllowed
    | ProfileEditingEnded
    | SignUpChanged
    | SignUpWordChanged
    | SignInEnded
    | NewDevice
    | MemberInvited
    | MemberRoleChanged
    | SecondFactorRemoved
    | MemberRemoved
    | KeyMade
    | KeyWithdrawn
    | WebhookMade
    | WebhookSecretChanged
    | WebhookEventsChanged
    | WebhookPaused
    | WebhookResumed
    | WebhookRemoved
    | BackupTaken
    | FairRestored
    | FairPurged
    | EditionClosed
    | AlertTaken
    | AlertGivenBack
    | ManyChanged
    | ListImported
    | ImportUndone
    | MessageSent
    | MessageWithdrawn
)
"""Something that happened. A `match` on it names every kind, and mypy reports a missing one."""

Deletion = CompanyDeleted | StudentDeleted
"""Applied after the turns have changed, so that students who were called there are notified."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its journal number and time, and the companies whose screens it changed."""

    number: int
    at: datetime
    event: Event
    touched: frozenset[int] = frozenset()


def _kind_name(event: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()


_KINDS: dict[str, type[Event]] = {_kind_name(each): each for each in get_args(Event)}
_NAMES: dict[type, str] = {event: name for name, event in _KINDS.items()}


def kind(event: Event | type) -> str:
    """The event's name in the journal, e.g. `interview_started`. Raises KeyError for no event."""
    return _NAMES[event if isinstance(event, type) else type(event)]


def changing() -> tuple[str, ...]:
    """The names of all events that change a hall; the others are recorded alone."""
    return tuple(name for name, event in _KINDS.items() if not issubclass(event, JournalOnly))


def data(event: Event) -> dict[str, Any]:
    """The event's fields, ready for JSON."""
    return asdict(event)


def restore(kind: str, data: dict[str, Any]) -> Event:
    """The event that `kind` and `data` came from. Raises KeyError for an unknown kind."""
    return _KINDS[kind](**{name: _frozen(value) for name, value in data.items()})


def _frozen(value: Any) -> Any:
    """JSON knows lists only; an event holds tuples."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
