"""When somebody else made a password: such a one is changed at the first sign-in, and lapses

Nothing says who made those of before, so they count as their owners' own.

Revision: 0014. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("password_issued_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("users", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("password_issued_at")
