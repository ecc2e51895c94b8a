"""Whether companies may write their own profiles until the fair opens

Revision: 0024. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("fairs") as table:
        table.add_column(
            sa.Column("profile_editing", sa.Boolean, nullable=False, server_default=sa.false())
        )


def downgrade():
    with op.batch_alter_table("fairs") as table:
        table.drop_column("profile_editing")
