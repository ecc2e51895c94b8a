"""Maps of the halls, and where the stands are on them

Revision: 0025. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "hall_maps",
        sa.Column("hall", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_hall_maps")),
    )
    op.create_table(
        "map_places",
        sa.Column("company_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hall", sa.String(40), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "x BETWEEN 0 AND 10000 AND y BETWEEN 0 AND 10000", name=op.f("ck_map_places_on_the_map")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_map_places_company_id_companies"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_map_places")),
    )


def downgrade():
    op.drop_table("map_places")
    op.drop_table("hall_maps")
