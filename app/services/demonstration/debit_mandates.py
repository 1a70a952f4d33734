"""Mandates of the made-up landlord: on accounts of nobody, loaded from the system before or taken anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, case, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, MandateState, MandateWay, PaymentMethod
from app.services.bacs.modulus.loaded import checker
from app.services.bacs.rules import destination
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.tenants import holds
from app.services.direct_debits.mandates import references, writing
from app.services.direct_debits.mandates.dto import NewMandate
from app.services.direct_debits.schedules import keeping as schedules
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.setting_up import SetUp, set_up

NUMBERS: Final = (
    ("089999", "66374958"),
    ("107999", "88837491"),
    ("202959", "63748472"),
    ("134020", "63849203"),
    ("118765", "64371389"),
    ("200915", "41011166"),
    ("938611", "07806039"),
    ("772798", "99345694"),
    ("938600", "42368003"),
    ("938063", "55065200"),
    ("309070", "02355688"),
    ("309070", "12345668"),
    ("309070", "12345677"),
    ("309070", "99345694"),
    ("871427", "46238510"),
    ("872427", "46238510"),
    ("820000", "73688637"),
    ("827999", "73988638"),
    ("086090", "06774744"),
)
"""Accounts that the published specification of the modulus check has as examples: nobody's."""
_OWED: Final = (1, 900_00)
"""Pence."""
_MOST: Final = 11
"""Two to lodge, one that lapsed, and eight to collect from."""
_BANKS: Final = (("Example Bank", "High Street"), ("Sample Building Society", ""), ("Specimen Bank", "Market Place"))


def accounts(ctx: Context, most: int) -> Sequence[Account]:
    """Rent accounts of tenancies that go on, the lowest references first, which the officer may work on."""
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx)
    rows = _going_on().order_by(Account.payment_reference)
    return [row for row in ctx.session.scalars(rows.limit(most + len(shut))) if row.id not in shut][:most]


def others(ctx: Context, but: Sequence[Account]) -> Sequence[Account]:
    """More of them: first those that owe something, and of these what was paid in other ways than by Direct Debit."""
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx) | {each.id for each in but}
    owing = case((Account.balance_pence.between(*_OWED), 0), else_=1)
    by_debit = case((Tenancy.payment_method == PaymentMethod.DIRECT_DEBIT, 1), else_=0)
    rows = _going_on().order_by(owing, by_debit, Account.payment_reference)
    return [row for row in ctx.session.scalars(rows.limit(_MOST + len(shut))) if row.id not in shut][:_MOST]


def _going_on() -> Select[Account]:
    return (
        select(Account)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT, Account.closed_on.is_(None), Tenancy.end_on.is_(None))
    )


def load(ctx: Context, at: int, account: Account, terms: Terms, seen: int = 20) -> Mandate:
    """A mandate that was in force in the office's old system; the bank saw it so many days ago."""
    today = ctx.clock.today()
    number = destination(*NUMBERS[at])
    bank, branch = _BANKS[at % len(_BANKS)]
    last = today - timedelta(days=seen)
    since = last - timedelta(days=280 + 60 * (at % 8))
    days = {"lodged_on": since, "collect_from": since, "first_collected_on": since, "last_bank_on": last}
    row = writing.keep(
        ctx,
        writing.Made(
            entry_key=f"demonstration:{account.id}",
            account_id=account.id,
            reference=references.reference_for(ctx, account),
            way=MandateWay.LOADED,
            payer_name=account.name[:70],
            destination=number,
            checked=checker(ctx)(number),
            given_on=since,
            received_on=since,
            person_id=_payer(ctx, account),
            texts={"bank_name": bank, "branch": branch},
            state=MandateState.LIVE,
            days={**days, "confirmed_on": since},
        ),
        "In force in the system before",
    )
    schedules.make(ctx, row, terms, "Loaded")
    return row


def take(ctx: Context, at: int, account: Account, terms: Terms, *, converts: bool = False) -> int | None:
    """A mandate that was given by telephone, or on paper that the bank has, and waits to be lodged; None: it can have none."""
    sort_code, number = NUMBERS[at]
    bank, branch = _BANKS[at % len(_BANKS)]
    new = NewMandate(
        entry_key=f"demonstration:{account.id}",
        account_id=account.id,
        way=MandateWay.PAPER if converts else MandateWay.TELEPHONE,
        converts=converts,
        form_number=f"F{1_200 + at}" if converts else "",
        payer_name=account.name[:70],
        sort_code=sort_code,
        account_number=number,
        given_on=ctx.clock.today(),
        person_id=_payer(ctx, account),
        bank_name=bank,
        branch=branch,
        holder_confirmed=True,
        sole_authority=True,
        identity_checked=True,
        guarantee_read=True,
        confirm=not converts,
        despite=True,
    )
    try:
        with ctx.session.begin_nested():
            return set_up(ctx, SetUp(new, terms)).mandate_id
    except UserError:  # an account of the plan that can have none, such as one in dispute, is passed over
        return None


def _payer(ctx: Context, account: Account) -> int | None:
    rows = select(Tenant.person_id).where(Tenant.tenancy_id == account.tenancy_id, holds(ctx.clock.today()))
    return ctx.session.scalars(rows.order_by(Tenant.position).limit(1)).first()
