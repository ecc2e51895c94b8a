"""One company, entry or student in the team's hands."""

from __future__ import annotations

from jobfair.blueprints.api.managed import accounts, company, entries, student

BLUEPRINTS = (company.blueprint, entries.blueprint, student.blueprint, accounts.blueprint)
