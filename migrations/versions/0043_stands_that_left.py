"""Stands that left: which ones have gone before the end

Revision: 0043. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade():
    added = sa.Column("has_left", sa.Boolean(), nullable=False, server_default=sa.false())
    with op.batch_alter_table("companies", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(added)


def downgrade():
    with op.batch_alter_table("companies", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("has_left")
