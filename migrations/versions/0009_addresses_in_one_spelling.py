"""Addresses in one spelling: a domain in other letters is stored as the network writes it

People who sign in type either spelling, and are looked up by this one. Where both have an account
already, each stays as it is.

Revision: 0009. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op
from email_validator import EmailNotValidError, validate_email

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

users = sa.table("users", sa.column("id", sa.Integer), sa.column("email", sa.String))


def upgrade():
    connection = op.get_bind()
    stored = dict(tuple(row) for row in connection.execute(sa.select(users.c.email, users.c.id)))
    for email, user_id in stored.items():
        address = spelling(email)
        if address not in stored:
            connection.execute(sa.update(users).where(users.c.id == user_id).values(email=address))


def downgrade():
    # Either spelling is an address that the older version takes.
    pass


def spelling(email):
    if email.isascii():
        return email
    try:
        checked = validate_email(email, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return email
    return (checked.ascii_email or email).lower()
