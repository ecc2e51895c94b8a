"""When somebody signed in last proved who they are: the password is asked again

Nobody is known to have proved it before, so each sign-in of then is asked once.

Revision: 0021. Its `down_revision` is set where branches meet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME = "password_confirmed_at"


def upgrade():
    with op.batch_alter_table("sign_ins") as table:
        table.add_column(sa.Column(NAME, sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("sign_ins", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column(NAME)
