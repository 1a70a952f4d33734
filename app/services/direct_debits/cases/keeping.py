"""Cases as they begin, for what comes back from the bank. Nothing here asks for a permission: the commands that call it do."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.values import DebitCaseKind, DebitCaseOutcome, DebitCaseState, Money, Subject
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, Priority
from app.services.diary.keeping import add_task, written
from app.services.direct_debits.cases import joining, posting
from app.services.direct_debits.cases.dto import OUTCOMES
from app.services.direct_debits.returns import claiming
from app.services.direct_debits.returns.claiming import EndedClaim, NewClaim, OfCase
from app.services.ledger import numbering

TASK: Final = "debit_claim"
_MOST_WORDS: Final = 400


def register() -> None:
    """Claims that the bank reports open a case here, and end it when the bank takes them back."""
    claiming.register(open_claim, end_claim)


def open_claim(ctx: Context, claim: NewClaim) -> OfCase:
    """Open the case of a claim under the Guarantee that the bank reports; one that stands about it is joined instead.

    Raises:
        UserError: the claim comes to nothing, or what stands about its collections is on the accounts with another sum.
    """
    before = ctx.session.scalar(select(DebitCase.id).where(DebitCase.entry_key == claim.entry_key))
    standing = joining.standing(ctx, claim) if before is None else None
    if standing is not None:
        joining.join(ctx, standing, claim)
        return OfCase(standing.id, f"Case {standing.number} stands for this claim of {Money(claim.pence)} already.")
    told = f"A case is opened for the claim of {Money(claim.pence)}. {claim.others_words}".strip()
    return OfCase(begin(ctx, DebitCaseKind.INDEMNITY, claim), told)


def end_claim(ctx: Context, ended: EndedClaim) -> OfCase | None:
    """End as won the one claim of a mandate that has the paying bank's reference and its sum; None where none has."""
    rows = joining.standing_claims(ended.mandate_id).where(DebitCase.bank_reference == ended.bank_reference)
    found = ctx.session.scalars(rows).all()
    if len(found) != 1 or (ended.pence is not None and ended.pence != found[0].pence):
        return None
    case = found[0]
    return OfCase(case.id, end(ctx, case, DebitCaseOutcome.WON, "The bank cancelled its advice"))


def begin(ctx: Context, kind: DebitCaseKind, claim: NewClaim) -> int:
    """Begin a case; the same key gives the one it began before. A claim has its clocks, and a task.

    The days of a claim count from the advice, in working days of Bacs (bacs.md 4): so many to challenge, so many until the
    bank takes the money, unless the advice names its own day.

    Raises:
        UserError: a claim comes to nothing, or another one stands about the same collections.
    """
    before = ctx.session.scalar(select(DebitCase.id).where(DebitCase.entry_key == claim.entry_key))
    if before is not None:
        return before
    if kind is DebitCaseKind.INDEMNITY:
        _refuse(ctx, claim)
    row = _begun(ctx, kind, claim)
    ctx.session.add(row)
    ctx.session.flush()
    joining.link(ctx, row, claim.collections)
    if kind is DebitCaseKind.INDEMNITY:
        _give_task(ctx, row, claim.others_words)
    ctx.session.flush()
    return row.id


def end(ctx: Context, case: DebitCase, outcome: DebitCaseOutcome, words: str) -> str:
    """Close a case; a claim that was taken off the accounts and that the bank doesn't keep is put back. As a sentence.

    Raises:
        UserError: what was taken can't be put back.
    """
    told = f"Case {case.number} is closed: {OUTCOMES[outcome].lower()}."
    if posting.puts_back(case, outcome):
        posting.give_back(ctx, case)
        told += f" {Money(case.pence)} is on the accounts again."
    case.state, case.outcome, case.outcome_words = DebitCaseState.CLOSED, outcome, words
    case.closed_on = ctx.clock.today()
    diary.finish_for(ctx, Subject.MANDATE, case.mandate_id, TASK, "The case is closed")
    ctx.session.flush()
    return told


def accounts_of(ctx: Context, case: DebitCase) -> frozenset[int]:
    """The accounts that a case's mandate is on and pays."""
    paid = select(MandateAccount.account_id).where(MandateAccount.mandate_id == case.mandate_id)
    own = select(Mandate.account_id).where(Mandate.id == case.mandate_id)
    return frozenset((*ctx.session.scalars(paid), *ctx.session.scalars(own)))


def _refuse(ctx: Context, claim: NewClaim) -> None:
    if claim.pence <= 0:
        raise UserError("What is claimed is missing.", "Ask the bank how much it claims.", "amount")
    standing = joining.standing(ctx, claim)
    if standing is not None:
        raise UserError(
            f"Case {standing.number} of {Money(standing.pence)} is about this claim already.",
            "Go on with that case; the bank takes the money once.",
            "collections",
        )


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


def _give_task(ctx: Context, row: DebitCase, others: str) -> None:
    assert row.challenge_by is not None
    assert row.debit_on is not None
    add_task(
        ctx,
        NewTask(
            title=f"Direct Debit claim {row.number} of {Money(row.pence)}: challenge it by {written(row.challenge_by)} or accept it",
            due_on=row.challenge_by,
            details=f"{row.words}. The bank takes the money on {written(row.debit_on)}. "
            "Pay nothing to the payer while the claim is open: the bank has paid them."
            + (f" Not to be claimed back: {others}" if others else ""),
            subject=Subject.MANDATE,
            subject_id=row.mandate_id,
            kind=TASK,
            officer_id=ctx.officer.id,
            priority=Priority.HIGH,
        ),
    )
