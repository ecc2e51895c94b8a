"""Who does something, as the journal records it, and under which request."""

from __future__ import annotations

from dataclasses import dataclass, field

from jobfair.models import Role
from jobfair.unit_of_work.idempotency_keys import IdempotentRequest


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is a user's role, company or system; `id` the student's, company's or user's.

    `device` is the letter of the device on which a stand acts, `key_id` the key with which a
    program acts for somebody of the team. `request` is set when
    the request has an idempotency key, which the first write transaction stores.
    """

    kind: str
    id: int | None = None
    request: IdempotentRequest | None = field(default=None, compare=False)
    device: str | None = None
    key_id: int | None = None

    @property
    def student_id(self) -> int:
        """The student who acts. Raises TypeError when somebody else does."""
        return self._id_of("student")

    @property
    def company_id(self) -> int:
        """The company whose stand acts. Raises TypeError when somebody else does."""
        return self._id_of("company")

    def _id_of(self, kind: str) -> int:
        if self.kind != kind or self.id is None:
            raise TypeError(f"only a {kind} can do this, not a {self.kind}")
        return self.id


SYSTEM = Actor("system")


def student(student_id: int) -> Actor:
    """A student, by the student's id."""
    return Actor("student", student_id)


def company(company_id: int, device: str | None = None) -> Actor:
    """The stand of a company, and on which of its devices."""
    return Actor("company", company_id, device=device)


def admin(user_id: int) -> Actor:
    """An organiser, by the user's id."""
    return Actor("admin", user_id)


def member(user_id: int, role: Role) -> Actor:
    """Somebody of the team, by the user's id, in the role that they have now."""
    return Actor(role.value, user_id)
