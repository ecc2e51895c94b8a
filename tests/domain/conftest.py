"""How long Hypothesis plays: short and the same each time, or as long as asked.

JOBFAIR_HYPOTHESIS_EXAMPLES=2000 plays that many fairs, other ones each time.
"""

import os

from hypothesis import Phase, settings

EXAMPLES = os.environ.get("JOBFAIR_HYPOTHESIS_EXAMPLES")

settings.register_profile(
    "rules",
    max_examples=int(EXAMPLES or 6),
    stateful_step_count=60 if EXAMPLES else 25,
    derandomize=EXAMPLES is None,
    phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
    report_multiple_bugs=False,
    database=None,
    deadline=None,
)
