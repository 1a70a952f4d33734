"""What a period comes to by kind of account: brought forward, charged, received, adjusted, carried forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from app.models.codes import TransactionCode
from app.models.periods import Period
from app.models.values import AccountKind, Basis, CodeKind
from app.services.core.context import Context
from app.services.ledger.queries import balances_select
from app.services.ledger.sql import ACCOUNT, ENTRY, JOURNAL

_CODE = TransactionCode.__table__


@dataclass(frozen=True, slots=True)
class KindTotal:
    """The reported figures of one kind of account over a period, in pence.

    `contra` is what control accounts took against the lines of the others; over all kinds what was brought forward, what
    moved and what is carried forward each come to nothing.
    """

    kind: AccountKind
    before: int
    charges: int
    receipts: int
    others: int
    contra: int
    after: int

    @property
    def agrees(self) -> bool:
        """Whether what moved leads from the opening to the closing balance."""
        return self.before + self.charges + self.receipts + self.others + self.contra == self.after


def period_totals(ctx: Context, period: Period) -> tuple[KindTotal, ...]:
    """Every kind of account that stood or moved in a period, control accounts last."""
    before = _balances(ctx, period, opening=True)
    after = _balances(ctx, period, opening=False)
    moved = _movements(ctx, period)
    kinds = sorted(before.keys() | after.keys() | moved.keys(), key=lambda kind: (kind is AccountKind.CONTROL, kind))
    return tuple(_total(kind, before.get(kind, 0), moved.get(kind, {}), after.get(kind, 0)) for kind in kinds)


def _total(kind: AccountKind, before: int, moved: dict[CodeKind, int], after: int) -> KindTotal:
    charges, receipts = moved.get(CodeKind.CHARGE, 0), moved.get(CodeKind.RECEIPT, 0)
    contra = moved.get(CodeKind.CONTROL, 0)
    return KindTotal(kind, before, charges, receipts, sum(moved.values()) - charges - receipts - contra, contra, after)


def _balances(ctx: Context, period: Period, *, opening: bool) -> dict[AccountKind, int]:
    as_at = period.starts_on - timedelta(days=1) if opening else period.ends_on
    stood = balances_select(ctx, as_at, Basis.REPORTED).subquery("stood")
    rows = ctx.session.execute(
        select(ACCOUNT.c.kind, func.sum(stood.c.balance_pence).label("pence"))
        .join(ACCOUNT, ACCOUNT.c.id == stood.c.account_id)
        .group_by(ACCOUNT.c.kind)
    )
    return {row.kind: int(row.pence) for row in rows}


def _movements(ctx: Context, period: Period) -> dict[AccountKind, dict[CodeKind, int]]:
    rows = ctx.session.execute(
        select(ACCOUNT.c.kind, _CODE.c.kind.label("code_kind"), func.sum(ENTRY.c.pence).label("pence"))
        .join(JOURNAL, JOURNAL.c.number == ENTRY.c.journal)
        .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
        .join(_CODE, _CODE.c.code == ENTRY.c.code)
        .where(JOURNAL.c.accounting_on >= period.starts_on, JOURNAL.c.accounting_on <= period.ends_on)
        .group_by(ACCOUNT.c.kind, _CODE.c.kind)
    )
    found: dict[AccountKind, dict[CodeKind, int]] = {}
    for row in rows:
        found.setdefault(row.kind, {})[row.code_kind] = int(row.pence)
    return found
