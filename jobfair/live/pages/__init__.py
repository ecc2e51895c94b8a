"""Every live page, each declared in the file of those whom it is for."""

from __future__ import annotations

from jobfair.live.pages import admin, public, stand, student

PAGES = (*student.PAGES, *stand.PAGES, *admin.PAGES, *public.PAGES)

BY_ADDRESS = {page.address: page for page in PAGES}
