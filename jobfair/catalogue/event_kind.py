"""The declaration of a kind of event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from jobfair.catalogue.changes import Change
from jobfair.catalogue.live_event import LiveEvent
from jobfair.catalogue.records import AuditEntry, JournalRecord
from jobfair.domain.events import Event, kind
from jobfair.domain.state import EntryState
from jobfair.wording.names import Name

E = TypeVar("E", bound=Event)


class Listener(Protocol):
    """The viewer of a stream: a student, an admin, or neither."""

    @property
    def student_id(self) -> int | None: ...

    @property
    def is_admin(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class StudentLine(Generic[E]):
    """How a student reads an event: an icon and a sentence, or None for no line. `sender` is the
    heading of a message."""

    icon: str
    sentence: Callable[[AuditEntry, E], str | None]
    sender: Callable[[AuditEntry], str] | None = None


@dataclass(frozen=True, slots=True)
class PushText(Generic[E]):
    """What a phone shows while no page is open.

    `words` take the company's name, its stand and the event, and return a title and a body.
    `is_urgent`: the phone rings (rules 9 and 12).
    """

    words: Callable[[str, str | None, E], tuple[str, str]]
    is_urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind(Generic[E]):
    """Everything that depends on a kind of event. A field that is left out means: none."""

    event: type[E]
    """The class in `domain.events`, whose name is the kind's name in the journal."""

    # What organisers read in the log.

    label: Callable[[], str]
    """The kind's name in the log's filter and in its file."""

    sentence: Callable[[AuditEntry, E], str]
    """What happened, with `%(student)s`, `%(company)s`, `%(length)s` or one of `names` in it."""

    names: Callable[[AuditEntry, E], Mapping[str, Name | str]] = lambda *_row: {}
    """Further names for the sentence."""

    changes: Callable[[AuditEntry, E], list[Change]] = lambda *_row: []
    """The values before and after."""

    needs_history: bool = False
    """Whether the words need the entry's earlier state: `was` and `running_since`."""

    entry_state: EntryState | None = None
    """The state of its entry from then on."""

    icon: str = "edit"
    """The icon in the story of a student or a company."""

    # What its student reads.

    day: StudentLine[E] | None = None
    """The line in the history of their day."""

    notification: StudentLine[E] | None = None
    """The line among today's notifications."""

    push: PushText[E] | None = None
    """What their phone shows while no page is open."""

    # Whom it concerns.

    topics: Callable[[JournalRecord], Iterable[str]] = lambda _row: ()
    """Topics besides those of the row's student and companies; see `feed.topics`."""

    is_hidden_from_queue: bool = False
    """Whether only its student and the stand see it, and nobody else in the queue."""

    is_private: bool = False
    """Whether only its student hears of it, and what others see stays as it is."""

    resets: bool = False
    """Whether the journal was rewritten, so that every client has to load again."""

    ends_access: bool = False
    """Whether somebody may lose access to what they have open."""

    changes_account: bool = False
    """Whether a student's sign-in may be over after it, or says something else of its student."""

    begins_membership: bool = False
    """Whether its student is in the company's queue from then on."""

    ends_membership: bool = False
    """Whether its student is no longer in the company's queue."""

    # The live events it causes.

    live_event: Callable[[JournalRecord], LiveEvent] | None = None
    """The event for its student."""

    names_stand: bool = False
    """Whether that event also says where the stand is."""

    tells_staff: bool = False
    """Whether the stand and the organisers get the student's live event too."""

    student_status: Callable[[JournalRecord], str] | None = None
    """The status of its student from then on."""

    company_event: Callable[[JournalRecord], LiveEvent] | None = None
    """The event for everybody in the company's queue, and for the organisers."""

    queue_action: str | Callable[[JournalRecord], str] | None = None
    """The `action` of the `queue_update` event for the company's queue."""

    changes_student_card: bool = False
    """Whether it changes a student's name or data, as stands and organisers see it."""

    announcement: Callable[[JournalRecord], LiveEvent] | None = None
    """The event for everybody."""

    announced_to: Callable[[JournalRecord, Listener], bool] = lambda *_row: True
    """Who gets the announcement, if not everybody."""

    by_device: Callable[[JournalRecord, str], str | None] | None = None
    """What a stand's other devices are told of it, by the full name of its student, which is empty
    where it is about none: their page shows what was done, and not by whom."""

    @property
    def name(self) -> str:
        """The kind's name in the journal, e.g. `interview_started`."""
        return kind(self.event)

    def queue_action_of(self, row: JournalRecord) -> str | None:
        """The queue action of one row."""
        return self.queue_action(row) if callable(self.queue_action) else self.queue_action


@dataclass(frozen=True, slots=True)
class Group:
    """A group of kinds in the log's filter.

    `key` stands in addresses. `is_on_request`: these follow from other events, and the
    log shows them only on request.
    """

    key: str
    label: Callable[[], str]
    kinds: tuple[EventKind[Any], ...]
    is_on_request: bool = False
