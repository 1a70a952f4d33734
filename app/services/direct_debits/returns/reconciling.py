"""What came back, held against the ledger: for `rentbook check`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from app.models.direct_debits.reports import BankReportItem
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, Money, ReportItemState, ReturnEffect
from app.services.core.context import Context
from app.services.direct_debits.returns import posting
from app.services.ledger import plugged
from app.services.ledger import queries as ledger


def register() -> None:
    """Plug the check of what came back into `rentbook check`."""
    plugged.register("direct debits returned", check)


def check(ctx: Context) -> Iterator[str]:
    """Each applied return is in a journal of its sum, and its collection says that it came back."""
    applied = (
        BankReportItem.effect == ReturnEffect.REVERSE,
        BankReportItem.state == ReportItemState.APPLIED,
    )
    loose = select(BankReportItem.id).where(*applied, BankReportItem.journal.is_(None)).order_by(BankReportItem.id)
    for item_id in ctx.session.scalars(loose):
        yield f"Item {item_id} of the bank's reports is applied, but in no journal."
    wanted: dict[int, Money] = {}
    for column, sign in ((BankReportItem.journal, 1), (BankReportItem.back_journal, -1)):
        sums = select(column, func.sum(BankReportItem.pence)).where(column.is_not(None)).group_by(column)
        wanted |= {number: Money(sign * int(pence or 0)) for number, pence in ctx.session.execute(sums) if number}
    posted = ledger.of_code(ctx, sorted(wanted), posting.CODE)
    for number, amount in sorted(wanted.items()):
        if posted.get(number) != amount:
            yield f"Returned Direct Debits of {amount} are in journal {number}, which has {posted.get(number, Money(0))}."
    stands = (
        select(BankReportItem.id, Collection.state)
        .join(Collection, Collection.id == BankReportItem.collection_id)
        .where(*applied, Collection.state.not_in((CollectionState.RETURNED, CollectionState.CLAIMED)))
    )
    for item_id, state in ctx.session.execute(stands.order_by(BankReportItem.id)):
        yield f"Item {item_id} of the bank's reports is applied, but its collection is {state.value}."
