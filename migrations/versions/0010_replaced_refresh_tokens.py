"""Replaced refresh tokens: the one just exchanged gets the same answer again for a moment

Revision: 0010. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("sign_ins") as table:
        table.add_column(sa.Column("replaced_refresh_id", sa.String(64), nullable=True))
        table.add_column(sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("sign_ins", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("rotated_at")
        table.drop_column("replaced_refresh_id")
