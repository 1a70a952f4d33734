"""What came onto accounts and off them by week, read from the control accounts' lines: one a control account and journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import case, func, select

from app.models.accounts import Account
from app.models.ledger import Entry
from app.models.values import AccountKind, Money
from app.services.core.calendars import mondays, week_monday
from app.services.core.context import Context
from app.services.ledger.controls import CONTRA

_CHARGED: Final = ("income:", "output_vat", "water_payable")
_RECEIVED: Final = ("cash:", "card_in_transit", "direct_debit", "housing_benefit", "universal_credit")


@dataclass(frozen=True, slots=True)
class WeekMoved:
    """A week (its Monday): what was charged and what came in, by the days they were reported on."""

    week: date
    charged: Money
    received: Money


@dataclass(frozen=True, slots=True)
class JournalTotals:
    """What a journal's lines come to: those on accounts, and those of the control accounts that take the other side."""

    lines: int
    on_accounts: Money
    on_controls: Money

    @property
    def agrees(self) -> bool:
        """Whether the two sides are the same amount."""
        return not self.on_accounts + self.on_controls


def moved_by_week(ctx: Context, from_on: date, to_on: date) -> tuple[WeekMoved, ...]:
    """Each week from that of `from_on` to that of `to_on`: set-based, a few lines a journal whatever the accounts."""
    controls = {
        row.id: row.control_key or ""
        for row in ctx.session.execute(
            select(Account.id, Account.control_key).where(Account.kind == AccountKind.CONTROL)
        )
    }
    first = week_monday(from_on)
    statement = (
        select(Entry.account_id, Entry.effective_on, func.sum(Entry.pence))
        .where(Entry.account_id.in_(sorted(controls)[:1_000]), Entry.effective_on >= first, Entry.effective_on <= to_on)
        .group_by(Entry.account_id, Entry.effective_on)
    )
    charged: dict[date, int] = {}
    received: dict[date, int] = {}
    for account_id, on, pence in ctx.session.execute(statement):
        key, week = controls[account_id], week_monday(on)
        if key.startswith(_CHARGED):
            charged[week] = charged.get(week, 0) - pence
        elif key.startswith(_RECEIVED):
            received[week] = received.get(week, 0) + pence
    return tuple(
        WeekMoved(week, Money(charged.get(week, 0)), Money(received.get(week, 0))) for week in mondays(first, to_on)
    )


def journal_totals(ctx: Context, number: int) -> JournalTotals:
    """What the lines of a journal come to, added up from the lines themselves."""
    contra, other = Entry.code == CONTRA, Entry.code != CONTRA
    statement = select(
        func.sum(case((other, 1), else_=0)),
        func.sum(case((other, Entry.pence), else_=0)),
        func.sum(case((contra, Entry.pence), else_=0)),
    ).where(Entry.journal == number)
    lines, on_accounts, on_controls = ctx.session.execute(statement).one()
    return JournalTotals(lines or 0, Money(on_accounts or 0), Money(on_controls or 0))
