"""Benefits that pay for housing: claims, what they award, and from when to when."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import people, tenancies  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, Versioned, Word
from app.models.values import BenefitKind, ClaimState, Frequency


class BenefitClaim(Versioned, Base):
    """A person's claim to a benefit for one tenancy."""

    __tablename__ = "benefit_claim"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), index=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    kind: Mapped[BenefitKind] = mapped_column(Word(BenefitKind))
    state: Mapped[ClaimState] = mapped_column(Word(ClaimState))
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    """The claim number of the benefit office."""
    claimed_on: Mapped[date]
    ended_on: Mapped[date | None]
    """The last day of entitlement."""
    portal_on: Mapped[date | None]
    """When the rent was confirmed on the landlord portal (Universal Credit)."""
    note: Mapped[str] = mapped_column(Text_(400), default="")


class BenefitAward(Versioned, Base):
    """What a claim awards from a day to a day (both awarded; no end: until further notice).

    A new amount closes the award before it the day before it begins.
    """

    __tablename__ = "benefit_award"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    claim_id: Mapped[int] = mapped_column(Id, ForeignKey("benefit_claim.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    amount_pence: Mapped[int] = mapped_column(Pence)
    """Of Housing Benefit a week, of the housing costs in Universal Credit a month."""
    frequency: Mapped[Frequency] = mapped_column(Word(Frequency))
    spare_bedrooms: Mapped[int] = mapped_column(default=0)
    """Under-occupation: 14% is taken off for one, 25% for two or more (SI 2013/376 sch. 4 para 36)."""
    to_landlord: Mapped[bool] = mapped_column(default=False)
    """Paid to us: a rebate or direct payment of Housing Benefit, a managed payment of Universal Credit."""
    arrears_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What is paid beside it off the arrears, by the same frequency (a third-party deduction)."""

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("uq_benefit_award_claim_id_from_on", "claim_id", "from_on", unique=True),
    )
