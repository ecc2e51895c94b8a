"""Paused with all: which stands are paused because all were

Revision: 0011. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    added = sa.Column("paused_with_all", sa.Boolean(), nullable=False, server_default=sa.false())
    with op.batch_alter_table("companies", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(added)


def downgrade():
    with op.batch_alter_table("companies", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("paused_with_all")
