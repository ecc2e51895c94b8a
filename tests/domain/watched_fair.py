"""A fair that checks, after every act, all that must hold whatever was done."""

from __future__ import annotations

import json
from datetime import timedelta

from jobfair.domain.events import (
    Event,
    InterviewStarted,
    Joined,
    PlacesDealt,
    PutIntoLot,
    Reminded,
    Reordered,
    TurnCame,
    TurnEnded,
    TurnSoon,
    data,
    kind,
    restore,
)
from jobfair.domain.evolve import advance, evolve
from jobfair.domain.looking_back import Stood, standing
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import (
    CompanyStatus,
    DoorSign,
    EntryState,
    Hall,
    Phase,
    Presence,
    StudentStatus,
)
from tests.domain.a_hall import Concerns, Decision, Fair, Refused, copy, now
from tests.domain.oracle import (
    ahead_of,
    callable_set,
    next_set,
    running_at,
    true_reasons,
    would_be_called,
)
from tests.domain.oracle import before as before_in_line
from tests.domain.part import part_of
from tests.domain.what_events_say import check_types


class WatchedFair(Fair):
    """Fails as soon as an act breaks a rule, whichever act it was."""

    def __init__(self, *students: str, phase: Phase = Phase.OPEN, **slots: int) -> None:
        self.replayed = Hall(phase=phase)
        self.turns: dict[int, int] = {}
        self.past_turns: set[int] = set()
        self.reminded: set[int] = set()
        self.told_soon: set[int] = set()
        super().__init__(*students, phase=phase, **slots)

    def act(self, decision: Decision, concerns: Concerns) -> None:
        before = copy(self.hall)
        self.last = []
        try:
            super().act(decision, concerns)
        except Refused as no:
            assert self.hall == before
            self._check_part(before, decision, concerns, no.refusal)
            raise
        self._check_part(before, decision, concerns)
        self._check_told(before)
        self._check_turns()
        self._check_told_soon()
        self._check_reminders(before)
        self._check_replay()
        check_standings(self.replayed)
        check_positions(before, self.hall, [each.event for each in self.last])
        check_entries(self.hall)
        check_lot(self.hall)
        for entry in self.hall.entries.values():
            check_types(entry)
        check_counters(self.hall)
        check_interviews(self.hall)

    def says(self, company: str, sign: DoorSign, text: str | None = None) -> None:
        super().says(company, sign, text)
        there, (said,) = self.company(company), self.last
        assert (there.sign, there.sign_text) == (sign, text)
        assert there.sign_until is not None
        assert timedelta() < there.sign_until - said.at <= timedelta(minutes=45)

    def sign_time_passes(self, company: str, minutes: int) -> None:
        until = self.company(company).sign_until
        at = now(self.hall) + timedelta(minutes=minutes)
        super().sign_time_passes(company, minutes)
        assert self.company(company).sign_until == (until if until and at < until else None)

    def stand_resumes(self, company: str) -> None:
        paused, said = self.company(company).status, self.company(company).sign
        super().stand_resumes(company)
        back = paused is CompanyStatus.PAUSED
        assert self.company(company).sign == (None if back else said)

    def starts(self, student: str, company: str) -> None:
        may = self.entry(student, company).id in callable_set(self.hall)
        try:
            super().starts(student, company)
        except Refused:
            assert not may
            raise
        assert may
        where = self.company(company)
        assert running_at(self.hall, where.id) <= where.slots

    def starts_at_stand(self, student: str, company: str, out_of_turn: bool = False) -> None:
        super().starts_at_stand(student, company, out_of_turn)
        where = self.company(company)
        assert running_at(self.hall, where.id) <= where.slots

    def undoes_start(self, student: str, company: str, seconds: int = 60) -> None:
        before = self.entry(student, company)
        may = before.state is EntryState.RUNNING and seconds <= 60
        try:
            super().undoes_start(student, company, seconds)
        except Refused:
            assert not may
            raise
        assert may
        after = self.entry(student, company)
        assert after.state is EntryState.WAITING
        assert (after.position, after.aside) == (before.position, before.aside)
        assert self.student(student).status is StudentStatus.AVAILABLE
        # A call of its own, if it is called again: rule 9 decides, and it counts from now.
        assert (after.called_at is not None) == (after.id in callable_set(self.hall))

    def undoes(self, student: str, company: str, seconds: int = 60) -> None:
        super().undoes(student, company, seconds)
        where = self.company(company)
        assert running_at(self.hall, where.id) <= where.slots

    def _check_part(
        self, before: Hall, decision: Decision, concerns: Concerns, refusal: Refusal | None = None
    ) -> None:
        """The same is decided, told and changed when only a part of the hall is loaded."""
        if concerns == Concerns():
            return
        part = part_of(before, concerns)
        events = decision(part)
        if isinstance(events, Refusal):
            assert events == refusal
            return
        assert refusal is None
        assert advance(part, events, now(before)) == self.last
        for company in part.companies.values():
            assert company == self.hall.companies[company.id]
        for entry in part.entries.values():
            assert entry == self.hall.entries[entry.id]
        for student in part.students.values():
            assert student == self.hall.students[student.id]

    def _check_told(self, before: Hall) -> None:
        """Told are exactly those whose turn came, or ended without a start (rule 9)."""
        was, now = callable_set(before), callable_set(self.hall)
        started = {e.entry_id for e in self._news() if isinstance(e, InterviewStarted)}
        came = [e.entry_id for e in self._news() if isinstance(e, TurnCame)]
        ended = [e.entry_id for e in self._news() if isinstance(e, TurnEnded)]
        assert sorted(came) == sorted(now - was)
        assert sorted(ended) == sorted(was - now - started)

    def _check_turns(self) -> None:
        """A turn is begun once, under a number of its own, and is the right to start."""
        for each in self.last:
            event = each.event
            if isinstance(event, TurnCame):
                assert each.number not in self.past_turns
                assert event.entry_id not in self.turns
                self.turns[event.entry_id] = each.number
                self.past_turns.add(each.number)
            elif isinstance(event, TurnEnded):
                assert self.turns.pop(event.entry_id) == event.turn
            elif isinstance(event, InterviewStarted):
                self.turns.pop(event.entry_id, None)
        held = {e.id: e.turn for e in self.hall.entries.values() if e.turn is not None}
        assert held == self.turns
        assert set(held) == callable_set(self.hall)

    def _check_told_soon(self) -> None:
        """A student who is about to be called is told, once for an entry (rule 15)."""
        told = [event.entry_id for event in self._news() if isinstance(event, TurnSoon)]
        assert sorted(told) == sorted(next_set(self.hall) - self.told_soon)
        self.told_soon.update(told)
        stored = {entry.id for entry in self.hall.entries.values() if entry.told_soon}
        assert stored == self.told_soon & self.hall.entries.keys()

    def _check_reminders(self, before: Hall) -> None:
        """A student who would be called but for a pause is reminded, once a pause (rule 12)."""
        paused = {
            entry.id
            for entry in self.hall.entries.values()
            if entry.state is EntryState.WAITING and entry.presence is Presence.PAUSED
        }
        told = [event.entry_id for event in self._news() if isinstance(event, Reminded)]
        assert set(told) <= paused
        assert not self.reminded.intersection(told)
        # A turn lost by pausing is known to its owner; nobody repeats it.
        knew = {each for each in callable_set(before) if each in paused}
        assert not knew.intersection(told)
        self.reminded = (self.reminded & paused) | set(told) | knew
        for entry_id in paused:
            entry = self.hall.entries[entry_id]
            if entry_id in told:
                assert not entry.aside
                assert would_be_called(self.hall, entry)
            elif not entry.aside and would_be_called(self.hall, entry):
                assert entry_id in self.reminded or self._others_first(entry_id)

    def _others_first(self, entry_id: int) -> bool:
        entry = self.hall.entries[entry_id]
        coming = (Presence.AVAILABLE, Presence.PAUSED)
        first = [
            e for e in before_in_line(self.hall, entry) if not e.aside and e.presence in coming
        ]
        return len(first) >= self.hall.companies[entry.company_id].free_slots

    def _check_replay(self) -> None:
        """The journal alone, through JSON and back, gives the same hall again."""
        for each in self.last:
            text = json.dumps(data(each.event))
            event = restore(kind(each.event), json.loads(text))
            assert event == each.event
            self.replayed.number = each.number
            evolve(self.replayed, event, each.number, each.at)
            if isinstance(event, Joined):
                assert event.entry_id == each.number
        assert self.replayed == self.hall

    def _news(self) -> list[Event]:
        return [each.event for each in self.last]


def check_positions(before: Hall, after: Hall, events: list[Event]) -> None:
    """Positions differ, come from the company's own counter, and move by an admin alone."""
    places = [(e.company_id, e.position) for e in after.entries.values() if e.position is not None]
    assert len(places) == len(set(places))
    moved = {entry_id for e in events if isinstance(e, Reordered) for entry_id, _ in e.after}
    moved |= {entry_id for e in events if isinstance(e, PlacesDealt) for entry_id, _ in e.dealt}
    moved |= {entry_id for e in events if isinstance(e, PutIntoLot) for entry_id, _ in e.before}
    for entry in after.entries.values():
        if entry.id in before.entries and entry.id not in moved:
            assert entry.position == before.entries[entry.id].position
    for event in events:
        if isinstance(event, Joined) and (event.position is not None or not before.lot_sealed):
            assert event.position == before.companies[event.company_id].last_position + 1
    for company in before.companies.values():
        if company.id in after.companies:
            assert after.companies[company.id].last_position >= company.last_position


def check_lot(hall: Hall) -> None:
    """An entry that may wait has a position unless it is still to be drawn; in an open fair it
    is."""
    assert not (hall.lot_sealed and hall.phase is Phase.OPEN)
    if not hall.lot_sealed:
        assert all(
            entry.position is not None
            for entry in hall.entries.values()
            if entry.state is not EntryState.LEFT
        )


def check_entries(hall: Hall) -> None:
    """One entry not left for a student in a queue; waiting ones show their student's presence, and
    one stand at most is told that they come (rule 14)."""
    kept = [
        (entry.student_id, entry.company_id)
        for entry in hall.entries.values()
        if entry.state is not EntryState.LEFT
    ]
    assert len(kept) == len(set(kept))
    for entry in hall.entries.values():
        if entry.state is EntryState.WAITING:
            assert entry.presence is hall.students[entry.student_id].presence
    coming = [entry.student_id for entry in hall.entries.values() if entry.coming_at is not None]
    assert len(coming) == len(set(coming))


def check_standings(hall: Hall) -> None:
    """Of every entry there is one reason why it is not called, a true one, with true figures."""
    called = callable_set(hall)
    for entry in hall.entries.values():
        stood = standing(hall, entry.id)
        assert stood.because in true_reasons(hall, entry)
        assert (stood.because is Stood.CALLED) == (entry.id in called)
        if entry.position is None:
            assert stood.ahead == 0
        elif hall.phase is Phase.OPEN:
            assert stood.ahead == len(ahead_of(hall, entry))
        others = {each for each in called if hall.entries[each].company_id == entry.company_id}
        others.discard(entry.id)
        assert stood.called == len(others)
        assert stood.coming == sum(hall.entries[each].held_until is not None for each in others)
        assert stood.running == running_at(hall, entry.company_id)
        if stood.because is Stood.IN_INTERVIEW:
            assert stood.elsewhere is not None
            where = hall.entries[stood.elsewhere]
            assert (where.student_id, where.state) == (entry.student_id, EntryState.RUNNING)
        if stood.because is Stood.OTHERS_CALLED:
            assert stood.called
            assert stood.ahead


def check_counters(hall: Hall) -> None:
    """A company's counters say what counting says."""
    for company in hall.companies.values():
        assert company.running == running_at(hall, company.id)
        assert company.waiting == len(hall.waiting_at(company.id))


def check_interviews(hall: Hall) -> None:
    """At most one interview a student, known to the student; each slot number held once."""
    running = [entry for entry in hall.entries.values() if entry.state is EntryState.RUNNING]
    assert {entry.student_id: entry.company_id for entry in running} == {
        student.id: student.company_id
        for student in hall.students.values()
        if student.status is StudentStatus.IN_INTERVIEW
    }
    assert len(running) == len({entry.student_id for entry in running})
    slots = [(entry.company_id, entry.slot) for entry in running]
    assert len(slots) == len(set(slots))
    for student in hall.students.values():
        if student.status is not StudentStatus.IN_INTERVIEW:
            assert student.company_id is None
    for entry in hall.entries.values():
        assert (entry.slot is not None) == (entry.state is EntryState.RUNNING)
