"""What becomes of a call: seen, «J'arrive», and how long it lasts

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Column by column, which SQLite can do in place: its batch would rebuild the table.
def upgrade():
    moment = sa.DateTime(timezone=True)
    op.add_column(
        "entries", sa.Column("seen", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("entries", sa.Column("coming_at", moment, nullable=True))
    op.add_column("entries", sa.Column("held_until", moment, nullable=True))
    op.add_column("fairs", sa.Column("call_minutes", sa.Integer(), nullable=True))
    op.execute("UPDATE fairs SET call_minutes = 5")


def downgrade():
    op.drop_column("fairs", "call_minutes")
    op.drop_column("entries", "held_until")
    op.drop_column("entries", "coming_at")
    op.drop_column("entries", "seen")
