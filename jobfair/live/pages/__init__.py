"""Every live page, declared in the file of its audience.

May import queries and the rest of `live`. Must not know a blueprint.
"""

from __future__ import annotations

from jobfair.live.pages import admin, public, stand, student

PAGES = (*student.PAGES, *stand.PAGES, *admin.PAGES, *public.PAGES)

BY_ADDRESS = {page.address: page for page in PAGES}
