"""The companies through JSON: one in the team's hands, and the stands' links.

Imports what the interface is made of. Must not know the other rooms, nor a page.
"""

from __future__ import annotations

from jobfair.blueprints.api.admin.companies import company, link_mails, links

BLUEPRINTS = tuple(each.blueprint for each in (company, links, link_mails))
