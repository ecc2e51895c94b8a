"""Pins: what a company's link may ask for on a new device

Revision: 0008. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("companies") as table:
        table.add_column(sa.Column("pin_hash", sa.String(255), nullable=True))


def downgrade():
    with op.batch_alter_table("companies") as table:
        table.drop_column("pin_hash")
