"""The input for signing in and for making accounts."""

from __future__ import annotations

from typing import Literal

from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import (
    AnyPassword,
    Email,
    KnownEmail,
    Password,
    SixDigits,
)


class Credentials(Input):
    """What somebody signs in with."""

    email: KnownEmail
    password: AnyPassword


class CredentialsAndCode(Credentials):
    """The same of a program, with the second factor's code where the account has one."""

    code: AnyPassword | None = None


class OwnPassword(Input):
    """What somebody who is signed in proves again who they are with."""

    current_password: AnyPassword


class PasswordChange(Input):
    """The form with which somebody changes their own password."""

    current_password: AnyPassword
    new_password: Password


class ChosenPassword(Input):
    """The form with which somebody chooses a password, or an organiser does for a student."""

    password: Password


class MailedCode(Input):
    """The code that was mailed to an address, which proves it."""

    code: SixDigits


class AddressChange(Input):
    """The form with which a student gives another address."""

    email: Email
    current_password: AnyPassword


class AdminAccount(Input):
    """What an admin's account is made from."""

    email: Email
    password: Password


MemberRole = Literal["admin", "desk", "viewer"]


class NewRole(Input):
    """Another role for somebody of the team."""

    role: MemberRole


class NewMember(NewRole):
    """Whom an organiser invites to the team, and as what."""

    email: Email
