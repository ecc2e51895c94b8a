"""Of an edition its day is kept: each stand at each minute, and no person.

Editions that are closed already have none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade():
    with op.batch_alter_table("editions") as editions:
        editions.add_column(sa.Column("day", sa.LargeBinary(), nullable=True))


def downgrade():
    with op.batch_alter_table("editions") as editions:
        editions.drop_column("day")
