"""Who may sign up: the mode, the word said in the hall, the school's domains

Revision: 0013. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MODES = ("open", "code", "domains", "invited")


def upgrade():
    mode = sa.Enum(*MODES, name="signup", native_enum=False, length=16)
    with op.batch_alter_table("fairs") as fairs:
        fairs.add_column(sa.Column("sign_up", mode, nullable=False, server_default="open"))
        fairs.add_column(sa.Column("sign_up_word", sa.String(length=40), nullable=True))
        fairs.add_column(sa.Column("sign_up_domains", sa.String(length=1000), nullable=True))
        fairs.create_check_constraint("signup", sa.column("sign_up").in_(MODES))


def downgrade():
    with op.batch_alter_table("fairs") as fairs:
        fairs.drop_constraint(op.f("ck_fairs_signup"), type_="check")
        fairs.drop_column("sign_up_domains")
        fairs.drop_column("sign_up_word")
        fairs.drop_column("sign_up")
