"""The students: their list, each one, and the personal links."""

from __future__ import annotations

from jobfair.blueprints.admin.students import directory, invitations, removal, student

BLUEPRINTS = tuple(each.blueprint for each in (directory, removal, student, invitations))
