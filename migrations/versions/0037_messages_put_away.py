"""Up to which message of the organisers a student or a stand has put them away

Revision: 0037. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLES = ("students", "companies")


def upgrade():
    for table in TABLES:
        with op.batch_alter_table(table) as changed:
            changed.add_column(
                sa.Column("messages_read", sa.Integer(), nullable=False, server_default="0")
            )


def downgrade():
    for table in reversed(TABLES):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("messages_read")
