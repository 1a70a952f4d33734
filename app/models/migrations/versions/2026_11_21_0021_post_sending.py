"""E-mail goes out from the office's own mailboxes: replies in the thread, and what is passed on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _mailbox_columns()
    op.add_column("outgoing", sa.Column("provider", sa.Unicode(length=20), server_default="notify", nullable=False))
    _post_sending()


def _mailbox_columns() -> None:
    for column in (
        sa.Column("sends", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("smtp_host", sa.Unicode(length=254), server_default="", nullable=False),
        sa.Column("smtp_port", sa.Integer(), server_default="587", nullable=False),
        sa.Column("smtp_security", sa.Unicode(length=20), server_default="starttls", nullable=False),
        sa.Column("sent_folder", sa.Unicode(length=200), server_default="", nullable=False),
    ):
        op.add_column("post_mailbox", column)


def _post_sending() -> None:
    op.create_table(
        "post_sending",
        sa.Column("outgoing_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("mailbox_id", ID, nullable=False),
        sa.Column("message_id", sa.Unicode(length=400), nullable=False),
        sa.Column("key", sa.Unicode(length=64), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("forward", sa.Boolean(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name="fk_post_sending_outgoing_id_outgoing"),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_sending_item_id_post_item"),
        sa.ForeignKeyConstraint(["mailbox_id"], ["post_mailbox.id"], name="fk_post_sending_mailbox_id_post_mailbox"),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_post_sending_document_sha256_document"
        ),
        sa.PrimaryKeyConstraint("outgoing_id", name="pk_post_sending"),
        sa.UniqueConstraint("key", name="uq_post_sending_key"),
    )
    op.create_index("ix_post_sending_item_id", "post_sending", ["item_id"])
    op.create_index("ix_post_sending_document_sha256", "post_sending", ["document_sha256"])
