"""The claim that stands about what another tells of: the bank takes the money once, by letter, by report, or by both."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, exists, or_, select

from app.models.direct_debits.cases import DebitCase, DebitCaseCollection
from app.models.values import DebitCaseKind, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.cases.rules import GIVEN_BACK
from app.services.direct_debits.returns.claiming import NewClaim


def standing_claims(mandate_id: int) -> Select[DebitCase]:
    """The claims of a mandate whose money the bank takes, or keeps: those that weren't won, and that there was a case for."""
    return (
        select(DebitCase)
        .where(
            DebitCase.mandate_id == mandate_id,
            DebitCase.kind == DebitCaseKind.INDEMNITY,
            or_(DebitCase.outcome.is_(None), DebitCase.outcome.not_in(sorted(GIVEN_BACK))),
        )
        .order_by(DebitCase.number)
    )


def standing(ctx: Context, claim: NewClaim) -> DebitCase | None:
    """The claim that is about the same: the same collection, the bank's reference, or its sum where no collection is known.

    Raises:
        UserError: it is about the collections of more than one.
    """
    wanted = {*(collection for collection, _ in claim.collections), *claim.others}
    linked = exists().where(DebitCaseCollection.case_id == DebitCase.id)
    same = [linked.where(DebitCaseCollection.collection_id.in_(sorted(wanted)))]
    alike = DebitCase.pence == claim.pence
    if wanted:
        alike &= ~linked
    if claim.bank_reference:
        same.append(DebitCase.bank_reference == claim.bank_reference)  # type: ignore[arg-type]
        alike &= DebitCase.bank_reference == ""
    found = ctx.session.scalars(standing_claims(claim.mandate_id).where(or_(*same, alike))).all()
    if len(found) > 1:
        numbers = " and ".join(str(each.number) for each in found)
        raise UserError(f"Cases {numbers} are about this claim already.", "Close what there was no case for first.")
    return found[0] if found else None


def join(ctx: Context, case: DebitCase, claim: NewClaim) -> None:
    """What the bank reports is what a case stands for: its reference, its day and its sum count from now.

    Raises:
        UserError: the case is on the accounts with another sum.
    """
    if case.journal is not None and case.pence != claim.pence:
        raise UserError(
            f"Case {case.number} took {Money(case.pence)} off the accounts for this claim; the bank says {Money(claim.pence)}.",
            "Ask the bank; set the item aside, and open a case of the rest from the mandate.",
        )
    if not case.bank_reference:
        case.bank_reference = claim.bank_reference
    case.reason_code = case.reason_code or claim.reason_code
    if case.journal is None:
        case.debit_on = claim.debit_on or case.debit_on
        case.pence = claim.pence
        if claim.collections:
            of_it = select(DebitCaseCollection).where(DebitCaseCollection.case_id == case.id)
            for row in ctx.session.scalars(of_it).all():  # one by one, so that the audit sees each
                ctx.session.delete(row)
            ctx.session.flush()
            link(ctx, case, claim.collections)
    ctx.session.flush()


def link(ctx: Context, case: DebitCase, collections: Iterable[tuple[int, int]]) -> None:
    """Say which collections a case is of, and how many pence of each."""
    ctx.session.add_all(
        DebitCaseCollection(case_id=case.id, collection_id=collection_id, pence=pence)
        for collection_id, pence in collections
    )
    ctx.session.flush()
