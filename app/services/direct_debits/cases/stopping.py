"""No refund goes straight to a payer whose bank claims the money back: they would be paid twice (bacs.md 4)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Select, or_, select, union

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.values import DebitCaseKind, DebitCaseState, Money, ReportItemState, ReportKind, ReturnEffect
from app.services.bacs import open_claims as slot
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.cases.rules import GIVEN_BACK

_WAITS: Final = (ReportItemState.PROPOSED, ReportItemState.UNMATCHED)


def register() -> None:
    """Plug in what tells of open claims."""
    slot.register(open_claims)


def open_claims(ctx: Context, account_ids: Collection[int]) -> dict[int, str]:
    """The claim about each account that is open, whose money isn't off the account yet, or that a report tells of."""
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        for account_id, number, pence in ctx.session.execute(_cases(chunk)):
            said = f"Case {number}: the payer's bank claims {Money(pence)} back under the Guarantee."
            found.setdefault(account_id, said)
        for account_id, pence in ctx.session.execute(_items(chunk)):
            amount = f"{Money(pence)} back" if pence else "money back"
            said = f"A report of the bank claims {amount} under the Guarantee; it waits among Bank reports."
            found.setdefault(account_id, said)
    return found


def _paying(account_ids: Collection[int]) -> Any:
    """The mandates that are on some accounts or pay them, each with the account."""
    own = select(Mandate.account_id.label("account_id"), Mandate.id.label("mandate_id"))
    paid = select(MandateAccount.account_id, MandateAccount.mandate_id)
    return union(
        own.where(Mandate.account_id.in_(account_ids)), paid.where(MandateAccount.account_id.in_(account_ids))
    ).subquery()


def _cases(account_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    of = _paying(account_ids)
    goes_on = DebitCase.state != DebitCaseState.CLOSED
    to_come = DebitCase.journal.is_(None) & DebitCase.outcome.not_in(sorted(GIVEN_BACK))
    return (
        select(of.c.account_id, DebitCase.number, DebitCase.pence)
        .join(of, of.c.mandate_id == DebitCase.mandate_id)
        .where(DebitCase.kind == DebitCaseKind.INDEMNITY, or_(goes_on, to_come))
        .order_by(DebitCase.number)
    )


def _items(account_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    """Claims of reports that nobody has applied or set aside yet."""
    of = _paying(account_ids)
    return (
        select(of.c.account_id, BankReportItem.pence)
        .join(of, of.c.mandate_id == BankReportItem.mandate_id)
        .join(BankReport, BankReport.id == BankReportItem.report_id)
        .where(
            BankReport.kind == ReportKind.DDICA,
            BankReportItem.effect == ReturnEffect.CLAIM,
            BankReportItem.state.in_(_WAITS),
        )
        .order_by(BankReportItem.id)
    )
