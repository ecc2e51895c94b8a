"""Who was told that their turn is coming up

Revision: 0026. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("entries") as table:
        table.add_column(
            sa.Column("told_soon", sa.Boolean, nullable=False, server_default=sa.false())
        )


def downgrade():
    with op.batch_alter_table("entries") as table:
        table.drop_column("told_soon")
