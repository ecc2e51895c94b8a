"""Opening by lot: the fair's seed, and entries whose position is still to be drawn

Revision: 0047. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("fairs", sa.Column("lot_digest", sa.String(length=64), nullable=True))
    op.add_column("fairs", sa.Column("lot_seed", sa.String(length=64), nullable=True))
    op.add_column("fairs", sa.Column("lot_drawn", sa.Integer(), nullable=True))
    with op.batch_alter_table("entries") as entries:
        entries.alter_column("position", existing_type=sa.Integer(), nullable=True)


def downgrade():
    # Somebody who has no position yet stands where they would without the lot: in order of arrival.
    op.execute(
        "UPDATE entries SET position = (SELECT last_position FROM companies "
        "WHERE companies.id = entries.company_id) + (SELECT count(*) FROM entries AS others "
        "WHERE others.company_id = entries.company_id AND others.position IS NULL "
        "AND others.id <= entries.id) WHERE position IS NULL"
    )
    op.execute(
        "UPDATE companies SET last_position = (SELECT max(position) FROM entries "
        "WHERE entries.company_id = companies.id) WHERE last_position < (SELECT max(position) "
        "FROM entries WHERE entries.company_id = companies.id)"
    )
    with op.batch_alter_table("entries") as entries:
        entries.alter_column("position", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("fairs") as fairs:
        fairs.drop_column("lot_drawn")
        fairs.drop_column("lot_seed")
        fairs.drop_column("lot_digest")
