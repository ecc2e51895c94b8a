"""The contact address of a company

Revision: 0040. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("companies", sa.Column("contact", sa.String(254), nullable=True))


def downgrade():
    with op.batch_alter_table("companies") as companies:
        companies.drop_column("contact")
