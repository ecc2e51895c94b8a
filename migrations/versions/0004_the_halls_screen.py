"""The hall's screen: its link, and how it says who is called

Revision: 0004, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAMES = sa.Enum("names", "codes", name="screennames", native_enum=False, length=16)


def upgrade():
    with op.batch_alter_table("fairs") as fairs:
        fairs.add_column(sa.Column("screen_token", sa.String(length=64), nullable=True))
        fairs.add_column(sa.Column("screen_names", NAMES, nullable=False, server_default="names"))
        fairs.create_check_constraint("screennames", "screen_names IN ('names', 'codes')")


def downgrade():
    with op.batch_alter_table("fairs") as fairs:
        fairs.drop_constraint(op.f("ck_fairs_screennames"), type_="check")
        fairs.drop_column("screen_names")
        fairs.drop_column("screen_token")
