"""When the end of a claim takes a second officer."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.reports import BankReportItem
from app.models.values import DebitCaseKind, DebitCaseOutcome, Money
from app.services.core.context import Context
from app.services.core.errors import NotAllowed
from app.services.core.permissions import Permission
from app.services.direct_debits.cases import posting
from app.services.direct_debits.cases.rules import GIVEN_BACK


def refuse_alone(ctx: Context, case: DebitCase, outcome: DebitCaseOutcome) -> None:
    """Refuse that one officer leaves a payment on the accounts that the bank claims.

    What an officer opened by hand alone, and no report tells of, they may take back alone until it is on the accounts.

    Raises:
        NotAllowed: the officer may not apply what banks report, or opened the case.
    """
    if case.kind is not DebitCaseKind.INDEMNITY or outcome not in GIVEN_BACK:
        return
    if not (posting.puts_back(case, outcome) or _reported(ctx, case)):
        return
    if Permission.APPLY_BANK_REPORTS not in ctx.officer.permissions:
        raise NotAllowed(
            "A claim is closed as taken back by whoever may apply what banks report.",
            "Ask such a colleague to close it.",
        )
    if case.made_by == ctx.officer.id:
        raise NotAllowed(
            f"You opened case {case.number} yourself, and closing it so leaves {Money(case.pence)} on the accounts.",
            "Ask a colleague to close it.",
        )


def _reported(ctx: Context, case: DebitCase) -> bool:
    """Whether a bank's report tells of a claim."""
    told = select(func.count()).select_from(BankReportItem).where(BankReportItem.case_id == case.id)
    return bool(ctx.session.scalar(told))
