"""Benefit claims and what they award."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _benefit_claim()
    _benefit_award()


def _benefit_claim() -> None:
    op.create_table(
        "benefit_claim",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("portal_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_benefit_claim_person_id_person"),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name="fk_benefit_claim_tenancy_id_tenancy"),
        sa.PrimaryKeyConstraint("id", name="pk_benefit_claim"),
    )
    op.create_index("ix_benefit_claim_person_id", "benefit_claim", ["person_id"])
    op.create_index("ix_benefit_claim_tenancy_id", "benefit_claim", ["tenancy_id"])


def _benefit_award() -> None:
    op.create_table(
        "benefit_award",
        sa.Column("id", ID, nullable=False),
        sa.Column("claim_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("frequency", sa.Unicode(length=20), nullable=False),
        sa.Column("spare_bedrooms", sa.Integer(), nullable=False),
        sa.Column("to_landlord", sa.Boolean(), nullable=False),
        sa.Column("arrears_pence", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_benefit_award_ends_after_start"),
        sa.ForeignKeyConstraint(["claim_id"], ["benefit_claim.id"], name="fk_benefit_award_claim_id_benefit_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_benefit_award"),
    )
    op.create_index("uq_benefit_award_claim_id_from_on", "benefit_award", ["claim_id", "from_on"], unique=True)
