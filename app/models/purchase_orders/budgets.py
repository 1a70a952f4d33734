"""Budgets: cost centres and subjective codes by financial year, and the book of what is given, bound, owed and spent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import BudgetKind, BudgetMoveKind, BudgetMoveState, Subject


class CostCentre(Versioned, Base):
    """Who spends: the first half of a ledger code."""

    __tablename__ = "cost_centre"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text_(20), unique=True)
    name: Mapped[str] = mapped_column(Text_(120))
    holder_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    active: Mapped[bool] = mapped_column(default=True, server_default=true())


class SubjectiveCode(Versioned, Base):
    """What it is spent on: the second half of a ledger code."""

    __tablename__ = "subjective_code"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text_(20), unique=True)
    name: Mapped[str] = mapped_column(Text_(120))
    heading: Mapped[str] = mapped_column(Text_(80), default="")
    """Its group in the Service Reporting Code of Practice, such as Premises."""
    active: Mapped[bool] = mapped_column(default=True, server_default=true())


class Budget(Versioned, Base):
    """The money of a cost centre for a subjective code in a financial year, with the sums of its book kept beside it."""

    __tablename__ = "budget"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    year: Mapped[int]
    """The financial year that begins on 1 April of it."""
    cost_centre_id: Mapped[int] = mapped_column(Id, ForeignKey("cost_centre.id"))
    subjective_id: Mapped[int] = mapped_column(Id, ForeignKey("subjective_code.id"), index=True)
    holder_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Who answers for it; the cost centre's holder where there is none."""
    original_pence: Mapped[int] = mapped_column(Pence, default=0)
    revised_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What was moved to it or from it after the original budget; the revised budget is both together."""
    commitment_pence: Mapped[int] = mapped_column(Pence, default=0)
    """Ordered and not received."""
    accrual_pence: Mapped[int] = mapped_column(Pence, default=0)
    """Received and not invoiced."""
    actual_pence: Mapped[int] = mapped_column(Pence, default=0)
    """Invoiced and approved."""

    __table_args__ = (
        Index("uq_budget_cost_centre_id_subjective_id_year", "cost_centre_id", "subjective_id", "year", unique=True),
        Index("ix_budget_year", "year"),
    )


class BudgetEntry(Base):
    """One line of the budget book. Append only (triggers refuse anything else); the sums of a budget are kept from it."""

    __tablename__ = "budget_entry"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    budget_id: Mapped[int] = mapped_column(Id, ForeignKey("budget.id"))
    kind: Mapped[BudgetKind] = mapped_column(Word(BudgetKind))
    pence: Mapped[int] = mapped_column(Pence)
    accounting_on: Mapped[date]
    """The day in whose month it is reported."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    subject: Mapped[Subject] = mapped_column(Word(Subject))
    """The document that it follows from: an order, a goods receipt, an invoice, a change of budgets, a transfer."""
    subject_id: Mapped[int] = mapped_column(Id)
    line_id: Mapped[int | None] = mapped_column(Id)
    """The line of the order that it is about; none where there is no order."""
    words: Mapped[str] = mapped_column(Text_(200), default="")

    __table_args__ = (
        Index("ix_budget_entry_budget_id_accounting_on", "budget_id", "accounting_on"),
        Index("ix_budget_entry_line_id", "line_id"),
        Index("ix_budget_entry_subject_subject_id", "subject", "subject_id"),
        {"implicit_returning": False},
    )


class BudgetMove(Versioned, Base):
    """A change of budgets: money moved between them, or given and taken; posted when a second officer approves."""

    __tablename__ = "budget_move"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    kind: Mapped[BudgetMoveKind] = mapped_column(Word(BudgetMoveKind))
    state: Mapped[BudgetMoveState] = mapped_column(Word(BudgetMoveState))
    year: Mapped[int]
    reason: Mapped[str] = mapped_column(Text_(400))
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    posted_on: Mapped[date | None]

    __table_args__ = ({"implicit_returning": False},)


class BudgetMoveLine(Base):
    """What a change does to one budget; signed pence."""

    __tablename__ = "budget_move_line"

    move_id: Mapped[int] = mapped_column(Id, ForeignKey("budget_move.id"), primary_key=True)
    budget_id: Mapped[int] = mapped_column(Id, ForeignKey("budget.id"), primary_key=True)
    pence: Mapped[int] = mapped_column(Pence)

    __table_args__ = (CheckConstraint("pence <> 0", name="an_amount"),)
