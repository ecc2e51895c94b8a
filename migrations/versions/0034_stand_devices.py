"""Which of a stand's devices did something

Revision: 0034. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    devices = sa.Column("devices", sa.Integer(), nullable=False, server_default="0")
    op.add_column("companies", devices)
    op.add_column("journal", sa.Column("device", sa.String(length=1), nullable=True))


def downgrade():
    with op.batch_alter_table("journal") as journal:
        journal.drop_column("device")
    with op.batch_alter_table("companies") as companies:
        companies.drop_column("devices")
