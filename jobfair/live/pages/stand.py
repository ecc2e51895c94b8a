"""The pages of a stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from jobfair.domain.state import Phase
from jobfair.fields.companies.notes import VERDICTS
from jobfair.live.page import Audience, Context, LivePage
from jobfair.live.stand_screen import StandListScreen, StandScreen
from jobfair.queries.fair import messages, profile_editing
from jobfair.queries.stand import notes, stands
from jobfair.queries.stand.notes import NO_VERDICT
from jobfair.queries.views import Listed

LONGEST_FIND = 100
"""The most characters of a search; a longer one finds nobody."""

PATIENCE_SECONDS = 1.0
"""How long changes by its students elsewhere may wait; each is in several queues."""


def _stand(
    company_id: int,
    token: str,
    all: bool,  # noqa: A002 - as the address calls it
    find: str,
) -> Context:
    """Only the start of long lists, unless `all` is set or a name is looked for."""
    stand = stands.stand(company_id, Listed(all, find[:LONGEST_FIND].strip()))
    return {
        "stand": stand,
        "edits_profile": stand.phase is Phase.PREPARING and profile_editing.is_allowed(),
        "messages": messages.standing_at(company_id),
        "token": token,
    }


STAND = LivePage(
    name="company",
    audience=Audience.STAND,
    address="/company/<token>",
    template="stand/dashboard.html",
    regions={
        "messages": "stand/_messages.html",
        "stand": "stand/_stand.html",
        "in-interview": "stand/_in_interview.html",
        "waiting": "stand/_waiting.html",
        "completed": "stand/_completed.html",
    },
    load=_stand,
    options=asdict(Listed()),
    patience=PATIENCE_SECONDS,
    screen=StandScreen,
)


def _met(company_id: int, token: str, verdict: str, q: str) -> Context:
    people = notes.met(company_id)
    counts = Counter(each.verdict for each in people)
    return {
        "company": stands.company_by_id(company_id),
        "people": notes.chosen(people, verdict, q),
        "counts": {"": len(people), **{each: counts[each] for each in (*VERDICTS, NO_VERDICT)}},
        "verdict": verdict,
        "q": q,
        "token": token,
    }


MET = LivePage(
    name="met",
    audience=Audience.STAND,
    address="/company/<token>/met",
    template="stand/met.html",
    regions={"met": "stand/_people.html"},
    load=_met,
    options={"verdict": "", "q": ""},
    patience=PATIENCE_SECONDS,
    screen=StandListScreen,
)

PAGES = (STAND, MET)
