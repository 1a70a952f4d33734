"""The certificates with which the office signs what it sends."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    op.create_table(
        "signing_certificate",
        sa.Column("id", ID, nullable=False),
        sa.Column("signer", sa.Unicode(length=200), nullable=False),
        sa.Column("issuer", sa.Unicode(length=200), nullable=False),
        sa.Column("serial", sa.Unicode(length=40), nullable=False),
        sa.Column("certificate_sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("key_type", sa.Unicode(length=40), nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("loaded_by", ID, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["loaded_by"], ["officer.id"], name="fk_signing_certificate_loaded_by_officer"),
        sa.ForeignKeyConstraint(["ended_by"], ["officer.id"], name="fk_signing_certificate_ended_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_signing_certificate"),
    )
