"""A student pauses, and is available again (flow 8, rule 4)."""

from __future__ import annotations

from jobfair.domain.decisions import presence
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed


def change_status(actor: Actor, status: StudentStatus) -> Committed | Refusal:
    """Set the student's own status to available or paused; refused during an interview."""
    return transact(
        actor,
        LoadSpec(student=actor.student_id, spread=True),
        lambda hall: presence.change_status(hall, actor.student_id, status),
    )
