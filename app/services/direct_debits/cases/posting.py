"""What the bank takes for a claim, on the accounts: taken off on its day, and put back where the bank gives it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.models.direct_debits.cases import DebitCase, DebitCaseCollection
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import CollectionState, DebitCaseKind, DebitCaseOutcome, JournalKind, Money
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.direct_debits.cases.rules import GIVEN_BACK
from app.services.direct_debits.returns.posting import CODE
from app.services.ledger import reversing
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append

_TAKEN: Final = "Direct Debit claimed back"
_BACK: Final = "Direct Debit claim taken back"
_OFF: Final = {
    CollectionState.RETURNED: "came back unpaid, and is off the accounts already",
    CollectionState.CLAIMED: "was claimed back before",
    CollectionState.IN_RUN: "isn't on the accounts yet: post its run first",
}


def register() -> None:
    """Tell the ledger which journals are of claims: they are taken back here, when the bank gives the money back."""
    reversing.register(reversing.Keeper(_made, lambda _ctx, _journal: "", "Direct Debits"))


def due(ctx: Context, on: date) -> Sequence[DebitCase]:
    """The claims whose money the bank has taken by a day, and which are not on the accounts yet."""
    rows = select(DebitCase).where(
        DebitCase.kind == DebitCaseKind.INDEMNITY,
        DebitCase.journal.is_(None),
        DebitCase.debit_on <= on,
        DebitCase.outcome.is_(None) | DebitCase.outcome.not_in(sorted(GIVEN_BACK)),
    )
    return ctx.session.scalars(rows.order_by(DebitCase.number)).all()


def puts_back(case: DebitCase, outcome: DebitCaseOutcome) -> bool:
    """Whether an end of a case puts on the accounts again what was taken off them."""
    return case.journal is not None and case.back_journal is None and outcome in GIVEN_BACK


def take(ctx: Context, case: DebitCase) -> int:
    """Take what the bank took off the accounts that its collections went to; returns the journal. Once, whoever asks.

    Its collections came back then, on the day on which the bank took the money and for the reason that it gave.

    Raises:
        UserError: one of its collections isn't on the accounts, the officer may not work on one of them, or the period of
            today is closed.
    """
    assert case.debit_on is not None
    rows = _collections(ctx, case)
    for row in rows:
        if row.state is not CollectionState.POSTED:
            raise UserError(
                f"{Money(row.pence)} of {written(row.due_on)} {_OFF.get(row.state, 'is not on the accounts')}.",
                "Ask the bank to take the claim back, and close the case.",
            )
    case.journal = _post(ctx, case, 1, case.debit_on, f"debit-case:{case.id}", _TAKEN)
    for row in rows:
        row.state, row.returned_on, row.return_code = CollectionState.CLAIMED, case.debit_on, case.reason_code
    ctx.session.flush()
    return case.journal


def give_back(ctx: Context, case: DebitCase) -> int:
    """Put back what was taken for a claim that the bank took back; returns the journal.

    Raises:
        UserError: the officer may not work on one of the accounts, or the period of today is closed.
    """
    case.back_journal = _post(ctx, case, -1, ctx.clock.today(), f"debit-case:{case.id}:back", _BACK)
    for row in _collections(ctx, case):
        if row.state is CollectionState.CLAIMED:
            row.state, row.returned_on, row.return_code = CollectionState.POSTED, None, ""
    ctx.session.flush()
    return case.back_journal


def _post(ctx: Context, case: DebitCase, sign: int, day: date, key: str, words: str) -> int:
    lines = [
        Line(account_id, CODE, sign * pence, day, week_monday(day), f"{words}, case {case.number}")
        for account_id, pence in sorted(_shares(ctx, case).items())
    ]
    header = JournalHeader(
        JournalKind.RECEIPTS,
        ctx.clock.today(),
        f"Direct Debit case {case.number}",
        key,
        declared_pence=sign * case.pence,
        narrative=f"{words}: {Money(case.pence)}",
    )
    posted = append(ctx, header, lines)
    ctx.session.flush()
    return posted.journal


def _shares(ctx: Context, case: DebitCase) -> dict[int, int]:
    """What of the claim each account had: its collections by their shares; of what is of none, the mandate's own account."""
    rows = ctx.session.execute(
        select(
            DebitCaseCollection.collection_id,
            DebitCaseCollection.pence,
            CollectionShare.account_id,
            CollectionShare.pence,
        )
        .join(CollectionShare, CollectionShare.collection_id == DebitCaseCollection.collection_id)
        .where(DebitCaseCollection.case_id == case.id, CollectionShare.pence > 0)
        .order_by(DebitCaseCollection.collection_id, CollectionShare.account_id)
    )
    claimed: dict[int, int] = {}
    shares: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for collection_id, pence, account_id, share in rows:
        claimed[collection_id] = pence
        shares[collection_id].append((account_id, share))
    found: dict[int, int] = defaultdict(int)
    for collection_id, pence in claimed.items():
        parts = Money(pence).split([share for _, share in shares[collection_id]])
        for (account_id, _), part in zip(shares[collection_id], parts, strict=True):
            found[account_id] += part.pence
    rest = case.pence - sum(found.values())
    if rest:
        found[ctx.session.get_one(Mandate, case.mandate_id).account_id] += rest
    return {account_id: pence for account_id, pence in found.items() if pence}


def _collections(ctx: Context, case: DebitCase) -> Sequence[Collection]:
    of_it = select(DebitCaseCollection.collection_id).where(DebitCaseCollection.case_id == case.id)
    return ctx.session.scalars(select(Collection).where(Collection.id.in_(of_it)).order_by(Collection.id)).all()


def _made(ctx: Context, journal: int) -> str:
    of_it = (DebitCase.journal == journal) | (DebitCase.back_journal == journal)
    number = ctx.session.scalar(select(func.min(DebitCase.number)).where(of_it))
    return f"of Direct Debit case {number} (page Direct Debits, Cases)" if number is not None else ""
