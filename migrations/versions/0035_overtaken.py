"""Whether an entry's last turn ended because somebody ahead came back

Revision: 0035. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade():
    overtaken = sa.Column("overtaken", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("entries", overtaken)


def downgrade():
    with op.batch_alter_table("entries") as entries:
        entries.drop_column("overtaken")
