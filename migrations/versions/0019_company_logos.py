"""Companies' logos: their digest beside the company, their files in a table of their own

Revision: 0019. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("companies", sa.Column("logo", sa.String(16), nullable=True))
    op.create_table(
        "company_logos",
        sa.Column(
            "company_id",
            sa.Integer,
            sa.ForeignKey("companies.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("small", sa.LargeBinary, nullable=False),
        sa.Column("large", sa.LargeBinary, nullable=False),
    )


def downgrade():
    op.drop_table("company_logos")
    with op.batch_alter_table("companies", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("logo")
