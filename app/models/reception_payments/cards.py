"""Card payments by telephone as the council's card provider takes them, refunds to the card, and each day held against theirs.

No number of a card is kept, nor any other of its data but the last four digits.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.reception_payments import desks, receipts, suspense  # noqa: F401
from app.models.values import CardGap, CardProvider, CardRefundState, CardState, DisputeState, PayerKind


class CardPayment(Versioned, Base):
    """A card payment that was begun: what it pays for is kept from before the provider is asked until it is known to have failed or is posted.

    The address of the provider's page isn't kept: whoever has it can pay, and the provider tells it again.
    """

    __tablename__ = "card_payment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    reference: Mapped[str] = mapped_column(Text_(40), unique=True)
    """Ours, under which the provider knows it: by it a payment is found whose answer was lost."""
    provider: Mapped[CardProvider] = mapped_column(Word(CardProvider))
    provider_id: Mapped[str] = mapped_column(Text_(40), default="")
    state: Mapped[CardState] = mapped_column(Word(CardState))
    pence: Mapped[int] = mapped_column(Pence)
    desk_id: Mapped[int] = mapped_column(Id, ForeignKey("payment_desk.id"))
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The provider was asked for it, once; None where nobody came to that."""
    taken_on: Mapped[date]
    """The day on which it counts as paid if it succeeds: the provider's own day of it, as soon as that is known."""
    payer: Mapped[PayerKind] = mapped_column(Word(PayerKind))
    payer_name: Mapped[str] = mapped_column(Text_(120), default="")
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"))
    proved_by: Mapped[str] = mapped_column(Text_(200), default="")
    note: Mapped[str] = mapped_column(Text_(400), default="")
    code: Mapped[str] = mapped_column(Text_(8), default="")
    """The provider's own, of why it failed."""
    words: Mapped[str] = mapped_column(Text_(400), default="")
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_look_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the provider is asked next; None once it is over."""
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The officer gave it up."""
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_four: Mapped[str] = mapped_column(Text_(4), default="")
    """By which the payer knows the card to which a refund goes (PCI DSS 3.4.1 allows the last four digits)."""
    fee_pence: Mapped[int | None] = mapped_column(Pence)
    """What the provider keeps of it, where it says so."""
    settled_on: Mapped[date | None]
    """The day on which the provider paid it to the council, where it says so."""
    receipt_id: Mapped[int | None] = mapped_column(Id, ForeignKey("receipt.id"), index=True)
    suspense_id: Mapped[int | None] = mapped_column(Id, ForeignKey("suspense_item.id"))
    """It succeeded and couldn't be put on its accounts."""

    __table_args__ = (
        CheckConstraint("pence > 0", name="something"),
        Index("ix_card_payment_state", "state", "next_look_at"),
        unique_where(
            "uq_card_payment_provider_id",
            "provider_id",
            where=and_(provider_id != "", provider == CardProvider.GOVUK_PAY),
        ),
    )


class CardShare(Base):
    """What a card payment puts on one account, or on a stream of other income, if it succeeds."""

    __tablename__ = "card_share"

    card_payment_id: Mapped[int] = mapped_column(Id, ForeignKey("card_payment.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    stream_id: Mapped[int | None] = mapped_column(Id, ForeignKey("income_stream.id"))
    pence: Mapped[int] = mapped_column(Pence)
    words: Mapped[str] = mapped_column(Text_(120), default="")

    __table_args__ = (CheckConstraint("pence > 0", name="something"),)


class CardRefund(Versioned, Base):
    """Money of a receipt that goes back to the card that paid it: asked for, approved by somebody else, sent, and followed."""

    __tablename__ = "card_refund"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("receipt.id"), index=True)
    card_payment_id: Mapped[int | None] = mapped_column(Id, ForeignKey("card_payment.id"), index=True)
    """None where the card was taken at the terminal in the office."""
    state: Mapped[CardRefundState] = mapped_column(Word(CardRefundState), index=True)
    pence: Mapped[int] = mapped_column(Pence)
    why: Mapped[str] = mapped_column(Text_(200))
    asked_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    available_pence: Mapped[int | None] = mapped_column(Pence)
    """What the provider said could be given back when it was sent: by it an answer that was lost is found out."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_on: Mapped[date | None]
    """The day of the debit on the accounts."""
    provider_id: Mapped[str] = mapped_column(Text_(40), default="")
    """The provider's, or the reference on the terminal's slip."""
    words: Mapped[str] = mapped_column(Text_(400), default="")
    next_look_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    journal: Mapped[int | None] = mapped_column(Id, index=True)
    back_journal: Mapped[int | None] = mapped_column(Id)
    """It failed after the provider took it: posted back."""

    __table_args__ = (
        CheckConstraint("pence > 0", name="something"),
        unique_where("uq_card_refund_provider_id", "receipt_id", "provider_id", where=provider_id != ""),
        {"implicit_returning": False},
    )


class CardRefundShare(Base):
    """What a refund to a card takes from one account or stream of other income that the receipt was put on."""

    __tablename__ = "card_refund_share"

    refund_id: Mapped[int] = mapped_column(Id, ForeignKey("card_refund.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    """Of the share of the receipt."""
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    pence: Mapped[int] = mapped_column(Pence)

    __table_args__ = (CheckConstraint("pence > 0", name="something"),)


class CardDay(Versioned, Base):
    """A day's card payments and refunds as the provider has them, beside ours, as they were last read."""

    __tablename__ = "card_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    their_count: Mapped[int]
    """Of payments that succeeded."""
    their_pence: Mapped[int] = mapped_column(Pence)
    our_count: Mapped[int]
    our_pence: Mapped[int] = mapped_column(Pence)
    their_refund_count: Mapped[int]
    their_refund_pence: Mapped[int] = mapped_column(Pence)
    our_refund_count: Mapped[int]
    our_refund_pence: Mapped[int] = mapped_column(Pence)
    fee_pence: Mapped[int] = mapped_column(Pence)


class CardDifference(Versioned, Base):
    """Something of a day that the provider has otherwise than we do, until it is posted or explained."""

    __tablename__ = "card_difference"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    day: Mapped[date] = mapped_column(ForeignKey("card_day.day"), index=True)
    gap: Mapped[CardGap] = mapped_column(Word(CardGap))
    refund: Mapped[bool] = mapped_column(default=False)
    provider_id: Mapped[str] = mapped_column(Text_(40))
    payment_provider_id: Mapped[str] = mapped_column(Text_(40), default="")
    """Of a refund: the payment that it gives back."""
    reference: Mapped[str] = mapped_column(Text_(255), default="")
    """Ours, or what somebody typed at the provider."""
    card_payment_id: Mapped[int | None] = mapped_column(Id, ForeignKey("card_payment.id"))
    refund_id: Mapped[int | None] = mapped_column(Id, ForeignKey("card_refund.id"))
    our_pence: Mapped[int | None] = mapped_column(Pence)
    their_pence: Mapped[int | None] = mapped_column(Pence)
    our_state: Mapped[str] = mapped_column(Text_(20), default="")
    their_state: Mapped[str] = mapped_column(Text_(20), default="")
    explained: Mapped[str] = mapped_column(Text_(200), default="")
    explained_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    explained_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CardDispute(Versioned, Base):
    """A payment that the payer challenged at their bank, as the provider has it."""

    __tablename__ = "card_dispute"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    provider_id: Mapped[str] = mapped_column(Text_(40), unique=True)
    payment_provider_id: Mapped[str] = mapped_column(Text_(40))
    card_payment_id: Mapped[int | None] = mapped_column(Id, ForeignKey("card_payment.id"), index=True)
    """None of a payment that isn't here."""
    state: Mapped[DisputeState] = mapped_column(Word(DisputeState))
    pence: Mapped[int] = mapped_column(Pence)
    fee_pence: Mapped[int | None] = mapped_column(Pence)
    """What the provider keeps for it, where it says so; it comes off a payment to the council, as the amount does once it is lost."""
    reason: Mapped[str] = mapped_column(Text_(60), default="")
    """The provider's own word."""
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when evidence may be sent."""
    settled_on: Mapped[date | None]
    """The day on which a lost one came off a payment to the council."""
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    journal: Mapped[int | None] = mapped_column(Id, index=True)
    """By which a lost one was taken off the accounts; None until an officer does that."""
    back_on: Mapped[date | None]
    back_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    back_why: Mapped[str] = mapped_column(Text_(200), default="")


class CardDisputeShare(Base):
    """What a lost dispute took off one account or stream of other income that the receipt was put on."""

    __tablename__ = "card_dispute_share"

    dispute_id: Mapped[int] = mapped_column(Id, ForeignKey("card_dispute.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    """Of the share of the receipt."""
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    pence: Mapped[int] = mapped_column(Pence)

    __table_args__ = (CheckConstraint("pence > 0", name="something"),)
