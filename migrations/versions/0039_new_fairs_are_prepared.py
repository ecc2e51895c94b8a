"""A new fair is being prepared: nobody is called before somebody opens it

A fair in which anything has happened keeps its phase.

Revision: 0039. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

UNTOUCHED = sa.text(
    "revision = 0 AND NOT EXISTS (SELECT 1 FROM companies) AND NOT EXISTS (SELECT 1 FROM students)"
)


def upgrade():
    fairs = sa.table("fairs", sa.column("phase"))
    op.execute(fairs.update().where(UNTOUCHED).values(phase="preparing"))


def downgrade():
    """Somebody who opens it afterwards does so by hand, as with any fair in preparation."""
