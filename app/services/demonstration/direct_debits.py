"""Direct Debits at the made-up landlord: mandates loaded and live, one suspended, one amended, and new ones to be lodged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.officers import Officer
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Frequency, MandateState, MandateWay
from app.services.bacs.modulus.loaded import checker
from app.services.bacs.rules import destination
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.core.tenants import holds
from app.services.direct_debits.mandates import keeping, references, writing
from app.services.direct_debits.mandates.dto import NewMandate
from app.services.direct_debits.notices import commands as notices
from app.services.direct_debits.notices.dto import ToldByPhone
from app.services.direct_debits.schedules import keeping as schedules
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.setting_up import SetUp, set_up

_OFFICER: Final = "demo.officer"
_NUMBERS: Final = (
    ("089999", "66374958"),
    ("107999", "88837491"),
    ("202959", "63748472"),
    ("134020", "63849203"),
    ("118765", "64371389"),
    ("200915", "41011166"),
    ("938611", "07806039"),
    ("772798", "99345694"),
)
"""Accounts that the published specification of the modulus check has as examples: nobody's."""
_BANKS: Final = (("Example Bank", "High Street"), ("Sample Building Society", ""), ("Specimen Bank", "Market Place"))
_LOADED, _NEW = 5, 2
_TERMS: Final = (
    (Frequency.MONTHLY, 1),
    (Frequency.MONTHLY, 8),
    (Frequency.FORTNIGHTLY, 4),
    (Frequency.MONTHLY, 15),
    (Frequency.WEEKLY, 0),
    (Frequency.MONTHLY, 22),
    (Frequency.MONTHLY, 8),
)


@requires(Permission.LOAD_LANDLORD)
def debit_some(ctx: Context) -> None:
    """Keep mandates as the made-up rents officer, each with its schedule; some had been in force in another system."""
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == _OFFICER))
    if officer_id is None or ctx.session.scalar(select(func.count()).select_from(Mandate)):
        return
    acting = replace(ctx, officer=current(ctx.session, officer_id))
    accounts = _accounts(acting, _LOADED + _NEW)
    kept = [_load(acting, at, account) for at, account in enumerate(accounts[:_LOADED])]
    for at, account in enumerate(accounts[_LOADED:], _LOADED):
        _set_up(acting, at, account)
    if len(kept) > 1:
        keeping.suspend(acting, kept[1], "Their bank wrote that the account was closed; a new form was asked for")
    if len(kept) > 2:
        other = destination("772798", "99345694")
        keeping.amend(acting, kept[2], other, kept[2].payer_name, "Told by telephone, identity checked")
    if len(kept) > 3:
        told = "Rang the payer: told every day and amount, the reference and our name"
        notices.tell_by_phone(acting, ToldByPhone(kept[3].id, told))


def _accounts(ctx: Context, most: int) -> Sequence[Account]:
    """Rent accounts of tenancies that go on, the lowest references first, which the officer may work on."""
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx)
    rows = (
        select(Account)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT, Account.closed_on.is_(None), Tenancy.end_on.is_(None))
        .order_by(Account.payment_reference)
    )
    return [row for row in ctx.session.scalars(rows.limit(most + len(shut))) if row.id not in shut][:most]


def _load(ctx: Context, at: int, account: Account) -> Mandate:
    """A mandate that was in force in the office's old system."""
    today = ctx.clock.today()
    number = destination(*_NUMBERS[at])
    bank, branch = _BANKS[at % len(_BANKS)]
    since = today - timedelta(days=300 + 60 * at)
    seen = today - timedelta(days=20)
    days = {"lodged_on": since, "collect_from": since, "first_collected_on": since, "last_bank_on": seen}
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
    schedules.make(ctx, row, _terms(ctx, at), "Loaded")
    return row


def _set_up(ctx: Context, at: int, account: Account) -> None:
    """A mandate that was given by telephone, and waits to be lodged."""
    sort_code, number = _NUMBERS[at]
    bank, branch = _BANKS[at % len(_BANKS)]
    new = NewMandate(
        entry_key=f"demonstration:{account.id}",
        account_id=account.id,
        way=MandateWay.TELEPHONE,
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
        despite=True,
    )
    try:
        with ctx.session.begin_nested():
            set_up(ctx, SetUp(new, _terms(ctx, at)))
    except UserError:  # an account of the plan that can have none, such as one in dispute, is passed over
        return


def _terms(ctx: Context, at: int) -> Terms:
    frequency, day = _TERMS[at % len(_TERMS)]
    return Terms(frequency, day, ctx.clock.today())


def _payer(ctx: Context, account: Account) -> int | None:
    rows = select(Tenant.person_id).where(Tenant.tenancy_id == account.tenancy_id, holds(ctx.clock.today()))
    return ctx.session.scalars(rows.order_by(Tenant.position).limit(1)).first()
