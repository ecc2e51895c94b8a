"""What is declared of each kind of event, in one place."""

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
    """Who watches a stream: a student, an admin, or neither."""

    @property
    def student_id(self) -> int | None: ...

    @property
    def is_admin(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class StudentLine(Generic[E]):
    """What a student reads of an event: an icon's name and a sentence, None where it goes without
    saying. `sender` stands over what somebody has said."""

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
    """All that hangs on a kind of event. What is left out is: nothing."""

    event: type[E]
    """The class in `domain.events`, whose name is the kind's name in the journal."""

    # What organisers read in the log.

    label: Callable[[], str]
    """What the kind is called where the log is filtered, and in its file."""

    sentence: Callable[[AuditEntry, E], str]
    """What happened, with `%(student)s`, `%(company)s`, `%(length)s` or one of `names` in it."""

    names: Callable[[AuditEntry, E], Mapping[str, Name | str]] = lambda *_row: {}
    """What else stands in the sentence."""

    changes: Callable[[AuditEntry, E], list[Change]] = lambda *_row: []
    """What was before and what after."""

    needs_history: bool = False
    """Whether the words depend on how the entry stood before: `was` and `running_since`."""

    entry_state: EntryState | None = None
    """The state that it gives its entry."""

    icon: str = "edit"
    """The icon in the story of a student or a company."""

    # What the student reads whom it is about.

    day: StudentLine[E] | None = None
    """The line in the story of their own day."""

    notification: StudentLine[E] | None = None
    """The line among today's notifications."""

    push: PushText[E] | None = None
    """What their phone shows while no page is open."""

    # Whom it concerns.

    topics: Callable[[JournalRecord], Iterable[str]] = lambda _row: ()
    """Topics besides those of the row's student and companies; see `feed.topics`."""

    is_hidden_from_queue: bool = False
    """Whether its student and the stand see it, and nobody else in the queue."""

    resets: bool = False
    """Whether nothing is as it was afterwards, for anybody: the journal was rewritten."""

    ends_access: bool = False
    """Whether somebody may no longer look at what they have open."""

    begins_membership: bool = False
    """Whether its student is in the company's queue from then on."""

    ends_membership: bool = False
    """Whether its student is no longer in the company's queue."""

    # What live events it gives.

    live_event: Callable[[JournalRecord], LiveEvent] | None = None
    """What its student hears."""

    tells_staff: bool = False
    """Whether the stand and the organisers hear the student's live event too."""

    student_status: Callable[[JournalRecord], str] | None = None
    """The status that it gives its student."""

    company_event: Callable[[JournalRecord], LiveEvent] | None = None
    """What everybody in the company's queue hears, and the organisers."""

    queue_action: str | Callable[[JournalRecord], str] | None = None
    """What `queue_update` calls what it does to the company's queue."""

    changes_student_card: bool = False
    """Whether it changes what a stand, or an organiser's list, says of a student."""

    announcement: Callable[[JournalRecord], LiveEvent] | None = None
    """What is said to everybody."""

    announced_to: Callable[[JournalRecord, Listener], bool] = lambda *_row: True
    """Whom the announcement is for, where that is not everybody."""

    @property
    def name(self) -> str:
        """The kind's name in the journal, e.g. `interview_started`."""
        return kind(self.event)

    def queue_action_of(self, row: JournalRecord) -> str | None:
        """The queue action of one row."""
        return self.queue_action(row) if callable(self.queue_action) else self.queue_action


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds as organisers look for them in the log.

    `key` stands in addresses. `is_on_request`: nobody does these, they follow from what was done;
    the log shows them only to whoever asks for them.
    """

    key: str
    label: Callable[[], str]
    kinds: tuple[EventKind[Any], ...]
    is_on_request: bool = False
