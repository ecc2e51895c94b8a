"""The fields of a student and their account, each declared once."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from jobfair.fields.input.declaration import Field, in_form, shape
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import AnyWord, Email, Password, line

FIRST_NAME = Field(
    "first_name",
    line(100),
    _("First name"),
    input="text",
    autocomplete="given-name",
    headings="firstname givenname forename prenom prenoms prenomusuel",
    json_name="first_name",
)
LAST_NAME = Field(
    "last_name",
    line(100),
    _("Last name"),
    input="text",
    autocomplete="family-name",
    headings="lastname familyname surname nom nomdefamille nomusuel",
    json_name="last_name",
)
EMAIL = Field(
    "email",
    Email,
    _("E-mail address"),
    input="email",
    autocomplete="username",
    headings="email emailaddress mail courriel adresseemail adressemail adressecourriel "
    "adresseelectronique",
    json_name="email",
)
PASSWORD = Field(
    "password",
    Password,
    _("Password"),
    hint=_("8 to 128 characters. No common password, and none made of a name or an address."),
    input="password",
    autocomplete="new-password",
    json_name="password",
)

NAMES = (FIRST_NAME, LAST_NAME)
"""What the student's own row holds; the address is their account's."""

CARD = (*NAMES, EMAIL)
"""What organisers say of a student, in forms, lists and files."""

REGISTRATION = (*CARD, PASSWORD)
ACCOUNT = (EMAIL, PASSWORD, *NAMES)
"""What an account is made from, as JSON has it."""

Registration = shape(
    "Registration", ACCOUNT, in_form, Input, "What a student's account is made from."
)


class WordOfTheFair(Input):
    """What is asked for beside an account while the organisers have set a word."""

    code: AnyWord | None = None


SelfRegistration = shape(
    "SelfRegistration",
    ACCOUNT,
    in_form,
    WordOfTheFair,
    "What a student's own account is made from; `code` is the word of the fair, where one is set.",
)
