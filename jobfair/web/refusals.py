"""A refusal as it is answered: in words, with its status, beside its field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobfair import metrics
from jobfair.domain.refusals import Refusal
from jobfair.wording import refusals
from jobfair.wording.refusals import REFUSALS, Voice

SERVER_FAULT = 500
"""From this status on it is no refusal, but a fault of ours."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What an answer says of a refusal."""

    code: StrEnum
    sentence: str
    status: int
    field: str | None

    @property
    def errors(self) -> dict[str, str]:
        """The sentence by its field, as a form shows it. Only for a code that has a field."""
        assert self.field is not None, self.code
        return {self.field: self.sentence}


def refuse(refusal: Refusal, voice: Voice = Voice.SELF) -> Refused:
    """What to answer to a request that is refused. Each is counted, here and nowhere else."""
    refused = describe(refusal, voice)
    if refused.status < SERVER_FAULT:
        metrics.refused(refused.code)
    return refused


def describe(refusal: Refusal, voice: Voice = Voice.SELF) -> Refused:
    """The same, not counted."""
    declared = REFUSALS[refusal.code]
    sentence = refusals.sentence(refusal, voice)
    return Refused(refusal.code, sentence, declared.status, declared.field)
