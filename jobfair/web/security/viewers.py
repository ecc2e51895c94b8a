"""The viewer of a stream, after the access check."""

from __future__ import annotations

from dataclasses import replace

from flask_login import current_user

from jobfair.exceptions import NotFound
from jobfair.feed.viewer import Viewer
from jobfair.live.page import OpenPage
from jobfair.queries.stand import stands
from jobfair.queries.stand.stands import StandLink
from jobfair.queries.student import places
from jobfair.services.access import keys
from jobfair.web.security.sign_in.authentication import still_signed_in, uses_key
from jobfair.web.security.stand import stand_devices


def account_viewer() -> Viewer:
    """The signed-in user until their sign-in ends, or a program until its key ends."""
    if uses_key():
        return _key_viewer(current_user.key_id, current_user.id)
    sign_in_id, student_id = current_user.sign_in_id, current_user.student_id
    own = "everything" if student_id is None else f"student:{student_id}"
    return Viewer(
        group="admin" if student_id is None else f"student_{student_id}",
        topics=("fair", f"sign_in:{sign_in_id}", own),
        allowed=lambda: still_signed_in(sign_in_id),
        holders=(f"sign_in:{sign_in_id}", f"account:{current_user.id}"),
        memberships=lambda: () if student_id is None else places.memberships(student_id),
        student_id=student_id,
        is_admin=student_id is None,
    )


def _key_viewer(key_id: int, user_id: int) -> Viewer:
    return Viewer(
        group="admin",
        topics=("fair", f"key:{key_id}", "everything"),
        allowed=lambda: keys.works(key_id),
        holders=(f"key:{key_id}", f"account:{user_id}"),
        is_admin=True,
    )


def link_viewer(link: StandLink) -> Viewer:
    """A stand, on the device that asks, until its link or PIN changes."""
    company_id = link.company.id

    def allowed() -> bool:
        try:
            now = stands.link(link.token)
        except NotFound:
            return False
        return now.company.id == company_id and now.pin_hash in (None, link.pin_hash)

    return Viewer(
        group=f"company_{link.token}",
        topics=("fair", f"company:{company_id}", f"stand:{company_id}"),
        allowed=allowed,
        holders=(f"link:{company_id}",),
        company_id=company_id,
        device=stand_devices.letter_of(link),
    )


def hall_viewer() -> Viewer:
    """The hall's screen, which belongs to no account."""
    return Viewer(group="hall", topics=("fair",), allowed=lambda: True)


def public_viewer() -> Viewer:
    """Somebody who looks at a company without being signed in."""
    return replace(hall_viewer(), group="public", holders=("public:companies",), patient=True)


def viewer_of(opened: OpenPage, viewer: Viewer) -> Viewer:
    """The viewer of a page: with the page's topics, for as long as what it shows exists."""
    if opened.page.exists is None and not opened.page.topics:
        return viewer

    def allowed() -> bool:
        try:
            opened.check()
        except NotFound:
            return False
        return viewer.allowed()

    return replace(viewer, topics=(*viewer.topics, *opened.page.topics), allowed=allowed)
