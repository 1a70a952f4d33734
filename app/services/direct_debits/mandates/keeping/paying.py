"""How a tenancy is paid for follows its mandate: by Direct Debit while one stands, then as it was before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, PaymentMethod
from app.services.core.context import Context
from app.services.direct_debits.mandates.rules import OVER

MAIN: Final = (AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD)
"""The main account of a tenancy; a mandate that pays only another one doesn't say how the rent is paid."""


def pays_by_debit(ctx: Context, mandate: Mandate) -> None:
    """The tenancy of the account that a mandate is on is paid for by Direct Debit; how it was before is kept."""
    tenancy = _tenancy(ctx, mandate)
    if tenancy is None or tenancy.payment_method is PaymentMethod.DIRECT_DEBIT:
        return
    mandate.method_before, tenancy.payment_method = tenancy.payment_method, PaymentMethod.DIRECT_DEBIT
    ctx.session.flush()


def pays_otherwise(ctx: Context, mandate: Mandate) -> None:
    """A mandate ended: the tenancy is paid for as it was before, unless another mandate stands for it.

    How it was before is then known of the other mandates on the account, for when the last of them ends.
    """
    tenancy = _tenancy(ctx, mandate)
    if tenancy is None or tenancy.payment_method is not PaymentMethod.DIRECT_DEBIT:
        return
    others = _others(ctx, mandate)
    for each in others:
        if each.account_id == mandate.account_id and each.method_before is None:
            each.method_before = mandate.method_before
    if not others:
        tenancy.payment_method = mandate.method_before or PaymentMethod.OTHER
    ctx.session.flush()


def _tenancy(ctx: Context, mandate: Mandate) -> Tenancy | None:
    rows = select(Tenancy).join(Account, Account.tenancy_id == Tenancy.id)
    return ctx.session.scalar(rows.where(Account.id == mandate.account_id, Account.kind.in_(MAIN)))


def _others(ctx: Context, mandate: Mandate) -> Sequence[Mandate]:
    """The other mandates that pay its account and stand."""
    others = (
        select(Mandate)
        .join(MandateAccount, MandateAccount.mandate_id == Mandate.id)
        .where(
            MandateAccount.account_id == mandate.account_id,
            Mandate.id != mandate.id,
            Mandate.state.not_in(sorted(OVER)),
        )
    )
    return ctx.session.scalars(others.order_by(Mandate.id)).all()
