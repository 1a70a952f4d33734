"""Goods receipts: what came of an order, what went back, and who says so. What was recorded is put right by another one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Word
from app.models.purchase_orders import orders  # noqa: F401  the tables that these point to
from app.models.values import ReceiptKind


class GoodsReceipt(Base):
    """What came of an order on a day, or went back."""

    __tablename__ = "goods_receipt"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless; written GR00012."""
    order_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_order.id"), index=True)
    order_version: Mapped[int]
    """Of the order before it: whoever had that version open meanwhile is told of it."""
    kind: Mapped[ReceiptKind] = mapped_column(Word(ReceiptKind))
    received_on: Mapped[date]
    received_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    delivery_note: Mapped[str] = mapped_column(Text_(40), default="")
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it went back, or what was wrong."""
    corrects_id: Mapped[int | None] = mapped_column(Id, ForeignKey("goods_receipt.id"))
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GoodsReceiptLine(Base):
    """What came of a line of the order; negative where it went back."""

    __tablename__ = "goods_receipt_line"

    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("goods_receipt.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(Id, ForeignKey("order_line.id"), primary_key=True, index=True)
    quantity: Mapped[int] = mapped_column("quantity_thousandths", Id)
    pence: Mapped[int] = mapped_column(Pence)
    """Its cost at the order's price, as it was accrued."""

    __table_args__ = (CheckConstraint("quantity_thousandths <> 0", name="a_quantity"),)
