"""Interviews that were noted on paper, entered afterwards by an organiser (rule 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jobfair.domain.decisions import paper_interviews
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.refusals import Refusal
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import write_transaction


def enter(actor: Actor, company_id: int, noted: Sequence[PaperInterview]) -> Mapping[int, Refusal]:
    """Enter a company's interviews that were noted on paper, all of them or none.

    Returns why not, by their place in `noted`; nothing when they are entered. Raises NotFound.
    """
    with write_transaction(actor) as work:
        here = (company_id,)
        hall = work.load(*(LoadSpec(student=each.student_id, companies=here) for each in noted))
        hall.known_company(company_id)
        for each in noted:
            hall.known_student(each.student_id)
        verdict = paper_interviews.enter(hall, company_id, noted, work.at)
        if isinstance(verdict, Mapping):
            return verdict
        work.carry_out(actor, hall, verdict)
    return {}
