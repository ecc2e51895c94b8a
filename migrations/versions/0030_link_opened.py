"""When a company's screen was first opened by its link

Revision: 0030. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("companies") as table:
        table.add_column(sa.Column("link_opened_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("companies") as table:
        table.drop_column("link_opened_at")
