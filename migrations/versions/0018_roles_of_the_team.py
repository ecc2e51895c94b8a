"""Roles of the team: the desk and viewers beside the organisers

Revision: 0018. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "ck_users_role"

users = sa.table("users", sa.column("id"), sa.column("role"))
invitations = sa.table("invitations", sa.column("user_id"))
sign_ins = sa.table("sign_ins", sa.column("user_id"))


def upgrade():
    allow("student", "admin", "desk", "viewer")


def downgrade():
    # The older version knows nobody in the team who may do less than everything.
    gone = sa.select(users.c.id).where(users.c.role.in_(["desk", "viewer"])).scalar_subquery()
    for table in (invitations, sign_ins):
        op.execute(sa.delete(table).where(table.c.user_id.in_(gone)))
    op.execute(sa.delete(users).where(users.c.role.in_(["desk", "viewer"])))
    allow("student", "admin")


def allow(*roles):
    words = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("users") as users:
        users.drop_constraint(op.f(NAME), type_="check")
        users.create_check_constraint(op.f(NAME), sa.text(f"role IN ({words})"))
