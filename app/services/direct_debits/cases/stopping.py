"""No refund goes straight to a payer whose bank claims the money back: they would be paid twice (bacs.md 4)."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.values import DebitCaseKind, DebitCaseState, Money
from app.services.bacs import open_claims
from app.services.core.context import Context
from app.services.direct_debits.cases.rules import GIVEN_BACK


def register() -> None:
    """Plug in what tells of open claims."""
    open_claims.register(open_claim)


def open_claim(ctx: Context, account_id: int) -> str:
    """The claim about an account that is open, or whose money the bank takes and that isn't on the account yet; empty: none."""
    paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id == account_id)
    rows = (
        select(DebitCase)
        .join(Mandate, Mandate.id == DebitCase.mandate_id)
        .where(
            DebitCase.kind == DebitCaseKind.INDEMNITY,
            or_(Mandate.account_id == account_id, Mandate.id.in_(paying)),
            or_(
                DebitCase.state != DebitCaseState.CLOSED,
                DebitCase.journal.is_(None) & DebitCase.outcome.not_in(sorted(GIVEN_BACK)),
            ),
        )
        .order_by(DebitCase.number)
    )
    case = ctx.session.scalars(rows).first()
    return f"Case {case.number}: the payer's bank claims {Money(case.pence)} back under the Guarantee." if case else ""
