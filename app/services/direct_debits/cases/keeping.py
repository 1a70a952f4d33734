"""Cases as they begin, for what comes back from the bank. Nothing here asks for a permission: the commands that call it do."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.cases import DebitCase, DebitCaseCollection
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.values import DebitCaseKind, DebitCaseState, Money, Subject
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.diary.dto import NewTask, Priority
from app.services.diary.keeping import add_task, written
from app.services.direct_debits.returns import claiming
from app.services.direct_debits.returns.claiming import NewClaim
from app.services.ledger import numbering

TASK: Final = "debit_claim"
_MOST_WORDS: Final = 400


def register() -> None:
    """Claims that the bank reports open a case here."""
    claiming.register(open_claim)


def open_claim(ctx: Context, claim: NewClaim) -> int:
    """Open the case of a claim under the Guarantee that the bank reports; as `begin`."""
    return begin(ctx, DebitCaseKind.INDEMNITY, claim)


def begin(ctx: Context, kind: DebitCaseKind, claim: NewClaim) -> int:
    """Begin a case; the same key gives the one it began before. A claim has its clocks, and a task.

    The days of a claim count from the advice, in working days of Bacs (bacs.md 4): so many to challenge, so many until the
    bank takes the money, unless the advice names its own day.
    """
    before = ctx.session.scalar(select(DebitCase.id).where(DebitCase.entry_key == claim.entry_key))
    if before is not None:
        return before
    row = _begun(ctx, kind, claim)
    ctx.session.add(row)
    ctx.session.flush()
    for collection_id, pence in claim.collections:
        ctx.session.add(DebitCaseCollection(case_id=row.id, collection_id=collection_id, pence=pence))
    if kind is DebitCaseKind.INDEMNITY:
        _give_task(ctx, row)
    ctx.session.flush()
    return row.id


def accounts_of(ctx: Context, case: DebitCase) -> frozenset[int]:
    """The accounts that a case's mandate is on and pays."""
    paid = select(MandateAccount.account_id).where(MandateAccount.mandate_id == case.mandate_id)
    own = select(Mandate.account_id).where(Mandate.id == case.mandate_id)
    return frozenset((*ctx.session.scalars(paid), *ctx.session.scalars(own)))


def _begun(ctx: Context, kind: DebitCaseKind, claim: NewClaim) -> DebitCase:
    challenge_by, debit_on = _clocks(ctx, claim) if kind is DebitCaseKind.INDEMNITY else (None, None)
    return DebitCase(
        number=numbering.take(ctx, "debit_case"),
        entry_key=claim.entry_key,
        kind=kind,
        state=DebitCaseState.OPEN,
        mandate_id=claim.mandate_id,
        opened_on=ctx.clock.today(),
        reason_code=claim.reason_code,
        words=claim.words[:_MOST_WORDS],
        pence=claim.pence,
        bank_reference=claim.bank_reference,
        challenge_by=challenge_by,
        debit_on=debit_on,
        officer_id=ctx.officer.id,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )


def _clocks(ctx: Context, claim: NewClaim) -> tuple[date, date]:
    """The last day to challenge a claim, and the day on which the bank takes the money."""
    days = bacs_days(ctx.policy, ctx.clock.today())
    number = ctx.policy.number
    challenge_by = days.add(claim.told_on, number("direct_debits.challenge_days", claim.told_on))
    return challenge_by, claim.debit_on or days.add(claim.told_on, number("direct_debits.claim_days", claim.told_on))


def _give_task(ctx: Context, row: DebitCase) -> None:
    assert row.challenge_by is not None
    assert row.debit_on is not None
    add_task(
        ctx,
        NewTask(
            title=f"Direct Debit claim {row.number} of {Money(row.pence)}: challenge it by {written(row.challenge_by)} or accept it",
            due_on=row.challenge_by,
            details=f"{row.words}. The bank takes the money on {written(row.debit_on)}. "
            "Pay nothing to the payer while the claim is open: the bank has paid them.",
            subject=Subject.MANDATE,
            subject_id=row.mandate_id,
            kind=TASK,
            officer_id=ctx.officer.id,
            priority=Priority.HIGH,
        ),
    )
