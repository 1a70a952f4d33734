"""Receipts: each payment that was taken, and the accounts that it went to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.reception_payments import desks  # noqa: F401
from app.models.values import MoneyReceiptState, PayerKind, TakenBy


class Receipt(Versioned, Base):
    """One payment taken at a desk or by telephone: posted, and numbered without gaps within its desk.

    No answer to a security question is kept, and no number of a card. `entry_key` is the caller's: the same click never takes
    a payment twice.
    """

    __tablename__ = "receipt"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    desk_id: Mapped[int] = mapped_column(Id, ForeignKey("payment_desk.id"))
    number: Mapped[int]
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    state: Mapped[MoneyReceiptState] = mapped_column(Word(MoneyReceiptState))
    taken_by: Mapped[TakenBy] = mapped_column(Word(TakenBy))
    pence: Mapped[int] = mapped_column(Pence)
    """More than nothing; what the payer is credited with."""
    tendered_pence: Mapped[int | None] = mapped_column(Pence)
    """Of cash: what was handed over; the rest was given back as change."""
    taken_on: Mapped[date]
    """The day on which it counts as paid."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    payer: Mapped[PayerKind] = mapped_column(Word(PayerKind))
    payer_name: Mapped[str] = mapped_column(Text_(120), default="")
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"))
    """The holder who paid; None of a third party."""
    proved_by: Mapped[str] = mapped_column(Text_(200), default="")
    """Which security questions they answered rightly, by their keys, parted by commas."""
    cheque_drawer: Mapped[str] = mapped_column(Text_(120), default="")
    cheque_bank: Mapped[str] = mapped_column(Text_(60), default="")
    cheque_number: Mapped[str] = mapped_column(Text_(20), default="")
    """Of a cheque or postal order."""
    slip: Mapped[str] = mapped_column(Text_(40), default="")
    """Of the terminal: the reference on its slip; of a card by telephone, the provider's."""
    book_number: Mapped[str] = mapped_column(Text_(20), default="")
    """Of the manual receipt book, where it was keyed in after an outage."""
    valuable_id: Mapped[int | None] = mapped_column(Id, ForeignKey("post_valuable.id"))
    """It came in the post."""
    journal: Mapped[int] = mapped_column(Id, index=True)
    undone_journal: Mapped[int | None] = mapped_column(Id)
    """What took it back: a void, a returned cheque, a chargeback."""
    undone_on: Mapped[date | None]
    undone_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    undone_why: Mapped[str] = mapped_column(Text_(200), default="")
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    """By which a second officer approves its void."""
    printed: Mapped[int] = mapped_column(default=0)
    """How often its paper was printed; a second one says that it is a copy."""
    emailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (
        UniqueConstraint("desk_id", "number"),
        CheckConstraint("pence > 0", name="something"),
        Index("ix_receipt_taken_on_desk_id", "taken_on", "desk_id"),
        unique_where(
            "uq_receipt_desk_id_taken_on_slip",
            "desk_id",
            "taken_on",
            "slip",
            where=and_(slip != "", state != MoneyReceiptState.VOID),
        ),
        unique_where(
            "uq_receipt_book_number", "book_number", where=and_(book_number != "", state != MoneyReceiptState.VOID)
        ),
        Index("ix_receipt_person_id", "person_id"),
        Index("ix_receipt_state", "state"),
    )


class ReceiptShare(Base):
    """What a receipt put on one account, or on a stream of other income; the shares add up to the receipt."""

    __tablename__ = "receipt_share"

    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("receipt.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    stream_id: Mapped[int | None] = mapped_column(Id, ForeignKey("income_stream.id"))
    code: Mapped[str] = mapped_column(Text_(8))
    pence: Mapped[int] = mapped_column(Pence)
    words: Mapped[str] = mapped_column(Text_(120), default="")
    """The payer's stated choice, the rule, or the reference of other income."""

    __table_args__ = (CheckConstraint("pence > 0", name="something"),)
