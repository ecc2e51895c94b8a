"""Which call goes to which browser, and who sends it: each is taken once, and never lost.

Several workers read the same journal. The one that inserts a push's row has claimed it, and stores
the outcome within `CLAIM_LASTS`; after that another worker claims it. So a worker that dies costs a
delay, or a second push. The second replaces the first at the push service (Topic) and on the screen
(tag), and does not ring again. At most once would lose a student's turn with the worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from jobfair import catalogue, clock
from jobfair.catalogue.records import JournalRecord
from jobfair.db.statements import CompiledStatement, one_of
from jobfair.db.transactions import autocommit, unlocked_transaction
from jobfair.domain.events import Event, Reminded, TurnCame, TurnEnded, TurnSoon, kind, restore
from jobfair.domain.state import EntryState
from jobfair.models import (
    Company,
    Entry,
    JournalRow,
    Push,
    PushSubscription,
    SignIn,
    Student,
)

CALL_LASTS = timedelta(minutes=5)
"""How long a push about a call is worth sending; later it would be old news."""

CLAIM_LASTS = timedelta(seconds=20)
PAUSE = timedelta(seconds=2)
MOST_REFUSED = 5
"""A browser is removed after this many refusals of its push service in a row."""

KINDS = frozenset(name for name, each in catalogue.KINDS.items() if each.push)
_TURN_CAME, _TURN_ENDED, _TURN_SOON, _REMINDED = map(
    kind, (TurnCame, TurnEnded, TurnSoon, Reminded)
)

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClaimedPush:
    """A push to send now: to which browser, about what.

    `until` is when another worker may claim it, `ends_at` when it is no longer worth sending.
    """

    number: int
    subscription_id: int
    student_id: int
    event: Event
    turn: int | None
    entry_id: int
    company_name: str
    stand: str | None
    endpoint: str
    p256dh: str
    auth: str
    language: str
    ends_at: datetime
    until: datetime


_ALIVE = CompiledStatement(
    select(PushSubscription.id, PushSubscription.created_at, Student.id)
    .join(SignIn, SignIn.id == PushSubscription.sign_in_id)
    .join(Student, and_(Student.user_id == SignIn.user_id, Student.active))
    .where(
        SignIn.ended_at.is_(None),
        SignIn.expires_at > bindparam("now"),
        one_of(Student.id, "students"),
    )
)

# For a push about the end of a turn: the push that called the student to that turn.
_CALL = aliased(Push)


def claim(rows: Iterable[JournalRecord]) -> list[ClaimedPush]:
    """The pushes for these journal rows that no other worker has claimed."""
    rows_to_push = [row for row in rows if _is_pushed(row)]
    wanted = _wanted(rows_to_push)
    if not wanted:
        return []
    with unlocked_transaction() as connection:
        if not (wanted := _after_their_calls(connection, wanted)):
            return []
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        claimed = connection.execute(
            insert(Push)
            .values(wanted)
            .on_conflict_do_nothing()
            .returning(Push.number, Push.subscription_id)
        )
        return _still_true(connection, [tuple(key) for key in claimed])


def reclaim() -> list[ClaimedPush]:
    """The pushes that are due again: they were put off, or the claim of a worker has ended."""
    due = Push.due_at <= clock.now()
    with autocommit() as connection:
        if connection.execute(select(Push.number).where(due).limit(1)).first() is None:
            return []
    with unlocked_transaction() as connection:
        claimed = connection.execute(
            update(Push)
            .where(due)
            .values(due_at=clock.now() + CLAIM_LASTS)
            .returning(Push.number, Push.subscription_id)
        )
        return _still_true(connection, [tuple(key) for key in claimed])


def sent(push: ClaimedPush) -> None:
    """Store that the push service has accepted a push."""
    with unlocked_transaction() as connection:
        _set(connection, [_key(push)], due_at=None, sent_at=clock.now())
        connection.execute(
            update(PushSubscription)
            .where(PushSubscription.id == push.subscription_id, PushSubscription.refused > 0)
            .values(refused=0)
        )


def later(push: ClaimedPush, wait: timedelta | None = None) -> None:
    """Send a push again later, if it is still worth sending then.

    `wait` is what the push service asked for; without it, the pauses grow.
    """
    now = clock.now()
    since = now - (push.ends_at - CALL_LASTS)
    due_at = now + max(PAUSE, since if wait is None else wait)
    with unlocked_transaction() as connection:
        _set(connection, [_key(push)], due_at=due_at if due_at < push.ends_at else None)


def refused(push: ClaimedPush) -> None:
    """Store that the push service has refused a push for good."""
    own = PushSubscription.id == push.subscription_id
    with unlocked_transaction() as connection:
        _set(connection, [_key(push)], due_at=None)
        connection.execute(
            update(PushSubscription).where(own).values(refused=PushSubscription.refused + 1)
        )
        connection.execute(
            delete(PushSubscription).where(own, PushSubscription.refused >= MOST_REFUSED)
        )


def gone(push: ClaimedPush) -> None:
    """Remove a browser whose subscription has ended."""
    with unlocked_transaction() as connection:
        connection.execute(
            delete(PushSubscription).where(PushSubscription.id == push.subscription_id)
        )


def _is_pushed(row: JournalRecord) -> bool:
    # A student who passed, paused or started knows it, and has the page open.
    return row.kind in KINDS and (row.kind in (_TURN_CAME, _REMINDED) or not row.by_student)


def _wanted(rows: Sequence[JournalRecord]) -> list[dict[str, Any]]:
    now = clock.now()
    fresh = [row for row in rows if row.at + CALL_LASTS > now]
    if not fresh:
        return []
    students = {row.student_id for row in fresh}
    with autocommit() as connection:
        browsers = _ALIVE.rows(connection, now=now, students=students)
    return [
        {
            "number": row.number,
            "subscription_id": subscription_id,
            "turn": row.number if row.kind == _TURN_CAME else row.data.get("turn"),
            "due_at": now + CLAIM_LASTS,
        }
        for row in fresh
        for subscription_id, created_at, student_id in browsers
        if student_id == row.student_id and created_at <= row.at
    ]


def _after_their_calls(
    connection: Connection, wanted: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Without ends of turns for browsers that got no push about the call."""
    ends = [(each["turn"], each["subscription_id"]) for each in wanted if _is_end(each)]
    if not ends:
        return wanted
    known = connection.execute(select(Push.number, Push.subscription_id).where(_any_of(ends)))
    called = {tuple(each) for each in known}
    called |= {(each["number"], each["subscription_id"]) for each in wanted}
    return [
        each
        for each in wanted
        if not _is_end(each) or (each["turn"], each["subscription_id"]) in called
    ]


def _is_end(push: dict[str, Any]) -> bool:
    return push["turn"] not in (None, push["number"])


def _still_true(connection: Connection, keys: Sequence[Any]) -> list[ClaimedPush]:
    """Of the pushes just claimed, those to send; the others are put off or ended."""
    if not keys:
        return []
    now = clock.now()
    waiting: list[Key] = []
    over = {(number, subscription_id) for number, subscription_id in keys}
    found = []
    for row in connection.execute(_described(keys)):
        push = _claimed_push(row)
        if push.ends_at <= now or row.expires_at <= now or row.ended_at is not None:
            continue
        if row.kind == _TURN_ENDED and row.call_due_at is not None:
            # The push about its call is not sent yet: it must not arrive after this one.
            waiting.append(_key(push))
        elif _holds(row):
            found.append(push)
            over.discard(_key(push))
    _set(connection, waiting, due_at=now + PAUSE)
    _set(connection, over.difference(waiting), due_at=None)
    return found


def _holds(row: Any) -> bool:
    if row.kind == _TURN_CAME:
        return bool(row.entry_turn == row.number)
    if row.kind == _REMINDED:
        return bool(row.entry_reminded)
    if row.kind == _TURN_SOON:
        # The call has its own push, which replaces this one.
        return row.entry_state is EntryState.WAITING and row.entry_turn is None
    if (state := catalogue.KINDS[row.kind].entry_state) is not None:
        # What came after it has its own push, which replaces this one.
        return row.entry_state is state and row.entry_turn is None
    # A new call has its own push, which replaces the first one too.
    return row.call_sent_at is not None and row.entry_turn is None


def _described(keys: Sequence[Key]) -> Any:
    return (
        select(
            Push.number,
            Push.subscription_id,
            Push.turn,
            Push.due_at,
            JournalRow.kind,
            JournalRow.at,
            JournalRow.data,
            JournalRow.student_id,
            JournalRow.entry_id,
            JournalRow.company_name,
            Company.stand,
            Entry.turn.label("entry_turn"),
            Entry.state.label("entry_state"),
            Entry.reminded.label("entry_reminded"),
            _CALL.due_at.label("call_due_at"),
            _CALL.sent_at.label("call_sent_at"),
            PushSubscription.endpoint,
            PushSubscription.p256dh,
            PushSubscription.auth,
            PushSubscription.language,
            SignIn.expires_at,
            SignIn.ended_at,
        )
        .join(JournalRow, JournalRow.number == Push.number)
        .join(PushSubscription, PushSubscription.id == Push.subscription_id)
        .join(SignIn, SignIn.id == PushSubscription.sign_in_id)
        .outerjoin(Company, Company.id == JournalRow.company_id)
        .outerjoin(Entry, Entry.id == JournalRow.entry_id)
        .outerjoin(
            _CALL,
            and_(_CALL.number == Push.turn, _CALL.subscription_id == Push.subscription_id),
        )
        .where(_any_of(keys))
    )


def _any_of(keys: Iterable[Key]) -> Any:
    return tuple_(Push.number, Push.subscription_id).in_(list(keys))


def _claimed_push(row: Any) -> ClaimedPush:
    return ClaimedPush(
        number=row.number,
        subscription_id=row.subscription_id,
        student_id=row.student_id,
        event=restore(row.kind, row.data),
        turn=row.turn,
        entry_id=row.entry_id,
        company_name=row.company_name,
        stand=row.stand,
        endpoint=row.endpoint,
        p256dh=row.p256dh,
        auth=row.auth,
        language=row.language,
        ends_at=row.at + CALL_LASTS,
        until=row.due_at,
    )


def _key(push: ClaimedPush) -> Key:
    return push.number, push.subscription_id


def _set(connection: Connection, keys: Iterable[Key], **values: datetime | None) -> None:
    chosen = list(keys)
    if chosen:
        connection.execute(update(Push).where(_any_of(chosen)).values(values))
