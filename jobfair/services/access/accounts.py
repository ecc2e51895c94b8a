"""Accounts: making them, changing them, changing their passwords (flow 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import Event, StudentCreated, StudentEdited
from jobfair.domain.refusals import Refusal
from jobfair.domain.signing_up import may_sign_up
from jobfair.domain.state import StudentStatus
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.input.edits import NOTHING_SEEN, overtaken
from jobfair.fields.input.emails import folded
from jobfair.fields.students.students import NAMES
from jobfair.models import (
    Invitation,
    Role,
    SignIn,
    Student,
    User,
)
from jobfair.queries.admin.students.invitations import InvitationLink, link, read_link
from jobfair.queries.fair import sign_up
from jobfair.security.hashing import passwords
from jobfair.services.access import addresses, invitations, issued_passwords, sign_ins
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction


@dataclass(frozen=True, slots=True)
class NewStudent:
    """The data of a student's new account; the password is in clear text."""

    email: str
    password: str
    first_name: str
    last_name: str
    status: StudentStatus = StudentStatus.AVAILABLE


@dataclass(frozen=True, slots=True)
class Account:
    """An account just made."""

    user_id: int
    student_id: int


def check_sign_up(email: str, word: str | None) -> Refusal | None:
    """The reason why somebody with this address and this word may not register now, or None.

    Returns `wrong_code`, `address_not_of_school` or `only_invited`.
    """
    return may_sign_up(sign_up.rule(), folded(email), word)


def register(new: NewStudent, word: str | None = None) -> Account | Refusal:
    """A student makes their own account; `word` is what they typed as the word of the fair.

    Returns what `check_sign_up` does, and `email_taken` when the address has an account.
    """
    password_hash = passwords.hash_password(new.password)
    with write_transaction(actors.SYSTEM) as work:
        # Read under the lock: what the organisers have just changed counts.
        refusal = may_sign_up(sign_up.rule_of(work.connection), folded(new.email), word)
        return refusal or insert_student(work, None, new, password_hash, confirmed=False)


def create_student(actor: Actor, new: NewStudent) -> Account | Refusal:
    """An organiser makes a student's account. Returns `email_taken`."""
    password_hash = passwords.hash_password(new.password)
    with write_transaction(actor) as work:
        return insert_student(work, actor, new, password_hash, confirmed=True)


def insert_student(
    work: UnitOfWork, actor: Actor | None, new: NewStudent, password_hash: str, confirmed: bool
) -> Account | Refusal:
    """Make a student's account within the caller's transaction.

    The caller hashes the password before, as that takes too long under the lock. With an `actor`
    it is an issued one. `confirmed` says that somebody vouches for the address. Returns
    `email_taken` when it has an account.
    """
    user_id = insert_user(
        work, new.email, password_hash, Role.STUDENT, issued=actor is not None, confirmed=confirmed
    )
    if isinstance(user_id, Refusal):
        return user_id
    student_id = work.connection.execute(
        insert(Student)
        .values(
            user_id=user_id,
            first_name=new.first_name,
            last_name=new.last_name,
            status=new.status,
            active=True,
        )
        .returning(Student.id)
    ).scalar_one()
    work.record(actor or actors.student(student_id), StudentCreated(student_id, new.status))
    return Account(user_id, student_id)


def ensure_admin(email: str, password: str, issued: bool) -> bool:
    """Make an admin's account unless the address has one. Returns whether it was made.

    `issued` says whether the password was made by somebody other than its owner.
    """
    password_hash = passwords.hash_password(password)
    with write_transaction(actors.SYSTEM) as work:
        made = insert_user(work, email, password_hash, Role.ADMIN, issued, confirmed=True)
        return not isinstance(made, Refusal)


def edit_student(
    actor: Actor,
    student_id: int,
    changes: Mapping[str, str],
    seen: Mapping[str, str] = NOTHING_SEEN,
) -> Committed | Refusal:
    """Change a student's email, first_name or last_name, all at once or not at all.

    `seen` has the values that the editor saw before they changed them. Returns `changed_meanwhile`
    if somebody changed one since, and `email_taken` if another account has the address. Raises
    NotFound.
    """
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(student=student_id, spread=True))
        edited = write_card(work, student_id, changes, seen)
        return work.carry_out(actor, hall, edited)


def write_card(
    work: UnitOfWork,
    student_id: int,
    changes: Mapping[str, str],
    seen: Mapping[str, str] = NOTHING_SEEN,
) -> tuple[Event, ...] | Refusal:
    """Store a student's names and e-mail address within the caller's transaction.

    `seen` has the values that the editor saw before they changed them. Returns the event to record
    if anything changed, `changed_meanwhile` or `email_taken`. Raises NotFound.
    """
    user_id, before = _card(work.connection, student_id)
    if overtaken(changes, seen, before):
        return Refusal(RequestCode.CHANGED_MEANWHILE)
    after = {**before, **changes}
    if "email" in changes:
        after["email"] = folded(changes["email"])
    if after == before:
        return ()
    email = after.pop("email")
    if _email_taken(work.connection, email, exclude=user_id):
        return Refusal(RequestCode.EMAIL_TAKEN)
    if email != before["email"]:
        _write_address(work, user_id, email)
    work.connection.execute(update(Student).where(Student.id == student_id).values(after))
    after["email"] = email
    changed = [key for key in before if before[key] != after[key]]
    return (
        StudentEdited(
            student_id,
            {key: before[key] for key in changed},
            {key: after[key] for key in changed},
        ),
    )


def _write_address(work: UnitOfWork, user_id: int, email: str) -> None:
    """Store another address, which is to be proved again.

    A personal link may have been mailed to the one before, whose owner must not get in by it.
    """
    changed = {"email": email, "address_confirmed_at": None}
    work.connection.execute(update(User).where(User.id == user_id).values(changed))
    addresses.forget_code(work, user_id)
    invitations.end(work, [user_id])


def change_address(
    actor: Actor, user_id: int, password: str, sign_in_id: int, email: str
) -> Committed | Refusal:
    """A student gives another address, with their password.

    Returns what `confirm_password` does, or `email_taken`.
    """
    refusal = confirm_password(user_id, password, sign_in_id)
    return refusal or edit_student(actor, actor.student_id, {"email": email})


def change_password(
    actor: Actor, user_id: int, current: str, new: str, sign_in_id: int
) -> Refusal | None:
    """A user changes their own password, which ends all their sign-ins except this one.

    Returns what `confirm_password` does with the current one, `password_lapsed` or
    `password_unchanged`.
    """
    refusal = confirm_password(user_id, current, sign_in_id) or issued_passwords.check(user_id)
    if refusal is None and passwords.are_same(current, new):
        refusal = Refusal(RequestCode.PASSWORD_UNCHANGED)
    if refusal is None:
        set_password(actor, user_id, new, exclude=sign_in_id)
    return refusal


def confirm_password(user_id: int, password: str, sign_in_id: int) -> Refusal | None:
    """Returns None when this is the user's password, else `wrong_password`.

    Somebody without a password proves it by a new sign-in; an older one gets `sign_in_again`.
    """
    own = (
        select(User.password_hash, SignIn.created_at)
        .join(SignIn, SignIn.user_id == User.id)
        .where(User.id == user_id, SignIn.id == sign_in_id)
    )
    with read_transaction() as connection:
        row = connection.execute(own).first()
    password_hash = None if row is None else row.password_hash
    if row is not None and password_hash == passwords.NONE:
        fresh = sign_ins.is_recent(row.created_at)
        return None if fresh else Refusal(RequestCode.SIGN_IN_AGAIN)
    return (
        None if passwords.verify(password_hash, password) else Refusal(RequestCode.WRONG_PASSWORD)
    )


def check_link(token: str) -> InvitationLink | Refusal:
    """What a personal link opens; the link can still be used after it.

    Returns `link_unknown`, `link_used`, `link_over` or `account_inactive`.
    """
    return _checked(link(token), clock.now())


def accept_invitation(token: str, password: str) -> int | Refusal:
    """Somebody chooses a password by their personal link, which then cannot be used again.

    Returns the user's id, or a refusal as `check_link` does.
    """
    checked = check_link(token)
    if isinstance(checked, Refusal):
        return checked
    password_hash = passwords.hash_password(password)
    with write_transaction(actors.SYSTEM) as work:
        found_link = _checked(read_link(work.connection, token), work.at)
        if isinstance(found_link, Refusal):
            return found_link
        work.connection.execute(
            update(Invitation).where(Invitation.id == found_link.id).values(used_at=work.at)
        )
        actor = sign_ins.read_actor(work.connection, found_link.user_id)
        write_password(work, actor, found_link.user_id, password_hash)
        if found_link.student_id is not None:
            # The link came by mail, or from organisers who know whose it is.
            addresses.write_confirmed(work, actor, found_link.user_id, found_link.student_id)
    return found_link.user_id


def _checked(found: InvitationLink | None, at: datetime) -> InvitationLink | Refusal:
    if found is None:
        return Refusal(RequestCode.LINK_UNKNOWN)
    if found.used_at is not None:
        return Refusal(RequestCode.LINK_USED)
    if found.expires_at <= at:
        return Refusal(RequestCode.LINK_OVER)
    if not found.active:
        return Refusal(RequestCode.LINK_INACTIVE)
    return found


def set_password(actor: Actor, user_id: int, new: str, exclude: int | None = None) -> None:
    """Give a user a new password and end their sign-ins, except the one with id `exclude`.

    It is an issued one unless the user sets it themselves. Raises NotFound.
    """
    password_hash = passwords.hash_password(new)
    with write_transaction(actor) as work:
        write_password(work, actor, user_id, password_hash, exclude)


def write_password(
    work: UnitOfWork, actor: Actor, user_id: int, password_hash: str, exclude: int | None = None
) -> None:
    """The same within the caller's transaction; the caller has hashed the password before."""
    owner = sign_ins.read_actor(work.connection, user_id)
    issued_at = None if actor == owner else work.at
    work.connection.execute(
        update(User)
        .where(User.id == user_id)
        .values(password_hash=password_hash, password_issued_at=issued_at)
    )
    if owner.kind == Role.STUDENT:
        # The audit log says that it was changed, and never holds the password.
        work.record(actor, StudentEdited(owner.student_id, {}, {"password": "changed"}))
    sign_ins.end_all(work, actor, user_id, exclude)
    # Somebody with an older link must not be able to change the password again.
    invitations.end(work, [user_id])


def insert_user(
    work: UnitOfWork, email: str, password_hash: str, role: Role, issued: bool, confirmed: bool
) -> int | Refusal:
    """Make an account within the caller's transaction. Returns its id, or `email_taken`.

    `issued` says whether the password was made by somebody other than its owner.
    """
    email = folded(email)
    if _email_taken(work.connection, email):
        return Refusal(RequestCode.EMAIL_TAKEN)
    user_id: int = work.connection.execute(
        insert(User)
        .values(
            email=email,
            password_hash=password_hash,
            password_issued_at=work.at if issued else None,
            role=role,
            created_at=work.at,
            address_confirmed_at=work.at if confirmed else None,
        )
        .returning(User.id)
    ).scalar_one()
    return user_id


def _email_taken(connection: Connection, email: str, exclude: int | None = None) -> bool:
    taken = select(User.id).where(User.email == email, User.id != (exclude or 0))
    return connection.execute(taken).first() is not None


def _card(connection: Connection, student_id: int) -> tuple[int, dict[str, str]]:
    """A student's user id, and their names and e-mail address."""
    row = connection.execute(
        select(User.id, User.email, *(getattr(Student, each.name) for each in NAMES))
        .join(Student, Student.user_id == User.id)
        .where(Student.id == student_id)
    ).first()
    if row is None:
        raise NotFound("student")
    user_id, *card = row
    return user_id, dict(zip(("email", *(each.name for each in NAMES)), card, strict=True))
