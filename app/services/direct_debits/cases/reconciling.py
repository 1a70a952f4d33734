"""Claims under the Guarantee, held against the ledger: for `rentbook check`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from app.models.direct_debits.cases import DebitCase, DebitCaseCollection
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, DebitCaseKind, Money
from app.services.core.context import Context
from app.services.direct_debits.cases.rules import GIVEN_BACK
from app.services.direct_debits.returns.posting import CODE
from app.services.ledger import plugged
from app.services.ledger import queries as ledger


def register() -> None:
    """Plug the check of claims into `rentbook check`."""
    plugged.register("direct debit claims", check)


def check(ctx: Context) -> Iterator[str]:
    """Cases are numbered without a gap, each claim's journals have its sum, and a collection is taken back once."""
    for expected, number in enumerate(ctx.session.scalars(select(DebitCase.number).order_by(DebitCase.number)), 1):
        if number != expected:
            yield f"Direct Debit case {expected} is missing: the next that is found is {number}."
            break
    yield from _journals(ctx)
    yield from _twice(ctx)
    yield from _collections(ctx)


def _journals(ctx: Context) -> Iterator[str]:
    rows = select(DebitCase.number, DebitCase.pence, DebitCase.journal, DebitCase.back_journal, DebitCase.outcome)
    found = ctx.session.execute(rows.where(DebitCase.journal.is_not(None)).order_by(DebitCase.number)).all()
    numbers = [each for row in found for each in (row.journal, row.back_journal) if each is not None]
    posted = ledger.of_code(ctx, numbers, CODE)
    for row in found:
        for journal, amount in ((row.journal, Money(row.pence)), (row.back_journal, Money(-row.pence))):
            has = posted.get(journal, Money(0))
            if journal is not None and has != amount:
                yield f"Direct Debit case {row.number} has {amount} in journal {journal}, which has {has}."
        if row.outcome in GIVEN_BACK and row.back_journal is None:
            yield f"Direct Debit case {row.number} was taken back, but its money isn't on the accounts again."


def _twice(ctx: Context) -> Iterator[str]:
    of = DebitCaseCollection.collection_id
    rows = (
        select(of, func.count())
        .join(DebitCase, DebitCase.id == DebitCaseCollection.case_id)
        .where(
            DebitCase.kind == DebitCaseKind.INDEMNITY,
            DebitCase.outcome.is_(None) | DebitCase.outcome.not_in(sorted(GIVEN_BACK)),
        )
    )
    for collection_id, count in ctx.session.execute(rows.group_by(of).having(func.count() > 1).order_by(of)):
        yield f"Collection {collection_id} is in {count} Direct Debit claims."


def _collections(ctx: Context) -> Iterator[str]:
    """Of a claim that is on the accounts each collection is claimed, and of no other."""
    taken = DebitCase.journal.is_not(None) & DebitCase.back_journal.is_(None)
    claimed = select(DebitCaseCollection.collection_id).join(DebitCase, DebitCase.id == DebitCaseCollection.case_id)
    wrong = or_(
        Collection.id.in_(claimed.where(taken)) & (Collection.state != CollectionState.CLAIMED),
        Collection.id.not_in(claimed.where(taken)) & (Collection.state == CollectionState.CLAIMED),
    )
    for row in ctx.session.execute(select(Collection.id, Collection.state).where(wrong).order_by(Collection.id)):
        claim = "no claim of it was posted" if row.state is CollectionState.CLAIMED else "its claim was posted"
        yield f"Collection {row.id} is {row.state.value}, but {claim}."
