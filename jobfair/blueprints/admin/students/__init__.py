"""The students: their list, each one, and the personal links."""

from __future__ import annotations

from jobfair.blueprints.admin.students import (
    directory,
    invitations,
    many,
    merging,
    removal,
    student,
)

BLUEPRINTS = tuple(
    each.blueprint for each in (directory, many, removal, student, merging, invitations)
)
