"""What stands say to their own queues

Revision: 0032. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SIGNS = ("back_in_10", "back_in_20", "lunch", "late", "own_words")


def upgrade():
    sign = sa.Enum(*SIGNS, name="doorsign", native_enum=False, length=16)
    with op.batch_alter_table("companies") as companies:
        companies.add_column(sa.Column("sign", sign, nullable=True))
        companies.add_column(sa.Column("sign_text", sa.String(length=80), nullable=True))
        companies.add_column(sa.Column("sign_until", sa.DateTime(timezone=True), nullable=True))
        companies.create_check_constraint("doorsign", sa.column("sign").in_(SIGNS))


def downgrade():
    with op.batch_alter_table("companies") as companies:
        companies.drop_constraint(op.f("ck_companies_doorsign"), type_="check")
        companies.drop_column("sign_until")
        companies.drop_column("sign_text")
        companies.drop_column("sign")
