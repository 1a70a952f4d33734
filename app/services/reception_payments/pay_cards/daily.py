"""What is done of pay point cards each day: new accounts whose tenants pay by card get one, where policy says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.pay_cards import PayCard
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, PayCardReason, PaymentMethod
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary.daily import register as plug_in
from app.services.reception_payments.pay_cards import ordering
from app.services.reception_payments.pay_cards.dto import AREAS

_LATELY: Final = timedelta(days=31)
_KINDS: Final = (AccountKind.RENT, AccountKind.GARAGE)


def register() -> None:
    """Plug it in."""
    plug_in("pay_cards", run)


@requires(Permission.KEEP_TASKS)
def run(ctx: Context) -> Changes:
    """Order the first card of each rent and garage account opened lately whose tenants pay by card; once each."""
    today = ctx.clock.today()
    if ctx.policy.value("pay_cards.automatic", today) != "yes":
        return Changes(frozenset())
    known = select(PayCard.id).where(PayCard.account_id == Account.id)
    new = (
        select(Account.id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(
            Account.kind.in_(_KINDS),
            Account.closed_on.is_(None),
            Account.opened_on > today - _LATELY,
            Account.opened_on <= today,
            Tenancy.payment_method == PaymentMethod.PAYMENT_CARD,
            ~known.exists(),
        )
        .order_by(Account.id)
    )
    account_ids = ctx.session.scalars(new).all()
    if not account_ids:
        return Changes(frozenset())
    try:
        ordering.order(ctx, account_ids, PayCardReason.FIRST)
    except UserError:
        return Changes(frozenset())  # Policy doesn't say how references are made: the task to order stays.
    return Changes(AREAS, frozenset(account_ids))
