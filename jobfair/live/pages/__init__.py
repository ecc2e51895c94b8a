"""Every live page, declared in the file of its audience.

May import queries and the rest of `live`. Must not know a blueprint.
"""

from __future__ import annotations

from jobfair.live.page import Audience
from jobfair.live.pages import admin, public, stand, student

PAGES = (*student.PAGES, *stand.PAGES, *admin.PAGES, *public.PAGES)

BY_ADDRESS = {page.address: page for page in PAGES if page.audience is not Audience.PUBLIC}
"""The pages that forms are sent from. A visitor who is not signed in has none, and may see another
page at the same address."""
