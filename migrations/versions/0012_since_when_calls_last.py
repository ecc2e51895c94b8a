"""Since when calls last as long as they do: those under way by then count again

Revision: 0012. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("fairs") as table:
        table.add_column(sa.Column("calls_last_since", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("fairs") as table:
        table.drop_column("calls_last_since")
