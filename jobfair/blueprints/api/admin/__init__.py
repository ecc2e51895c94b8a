"""What the team does through JSON, in the rooms of its pages; what fits none lies beside them.

Imports what the interface is made of. No file knows another's calls, nor a page.
"""

from __future__ import annotations

from jobfair.blueprints.api.admin import entries, keys, many, second_factor, team, webhooks
from jobfair.blueprints.api.admin.companies import BLUEPRINTS as OF_COMPANIES
from jobfair.blueprints.api.admin.fair import BLUEPRINTS as OF_FAIR
from jobfair.blueprints.api.admin.records import BLUEPRINTS as OF_RECORDS
from jobfair.blueprints.api.admin.students import BLUEPRINTS as OF_STUDENTS

BLUEPRINTS = (
    *OF_RECORDS,
    *OF_FAIR,
    *OF_COMPANIES,
    *OF_STUDENTS,
    *(each.blueprint for each in (entries, many, team, second_factor, keys, webhooks)),
)
