"""The students through JSON: one in the team's hands, and their accounts.

Imports what the interface is made of. Must not know the other rooms, nor a page.
"""

from __future__ import annotations

from jobfair.blueprints.api.admin.students import accounts, student

BLUEPRINTS = tuple(each.blueprint for each in (student, accounts))
