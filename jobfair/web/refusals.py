"""A refusal as the parts of an answer: sentence, HTTP status and field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobfair import metrics
from jobfair.domain.refusals import Refusal
from jobfair.wording import refusals
from jobfair.wording.refusals import REFUSALS, Voice

SERVER_FAULT = 500
"""From this status on, it is not a refusal but a fault of the server."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The parts of an answer to a refused request."""

    code: StrEnum
    sentence: str
    status: int
    field: str | None

    @property
    def errors(self) -> dict[str, str]:
        """The sentence by field name, for a form. Only for a code that has a field."""
        assert self.field is not None, self.code
        return {self.field: self.sentence}


def refuse(refusal: Refusal, voice: Voice = Voice.SELF) -> Refused:
    """The answer to a refused request. Counts it in the metrics, here and nowhere else."""
    refused = describe(refusal, voice)
    if refused.status < SERVER_FAULT:
        metrics.refused(refused.code)
    return refused


def describe(refusal: Refusal, voice: Voice = Voice.SELF) -> Refused:
    """The same without counting it."""
    declared = REFUSALS[refusal.code]
    sentence = refusals.sentence(refusal, voice)
    return Refused(refusal.code, sentence, declared.status, declared.field)
