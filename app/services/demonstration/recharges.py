"""What was recharged at the made-up landlord: two repairs, one of them credited in part, and court costs that wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.values import AccountKind, Frequency, Money, WorkTime
from app.services.core import access
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewFile
from app.services.recharges import commands
from app.services.recharges.dto import NewCosts, NewCredit, NewRecharge, Terms

_WANTED: Final = 3


@requires(Permission.LOAD_LANDLORD)
def recharge_some(ctx: Context) -> None:
    """Raise invoices as the made-up rents officer, who tells themselves of them; the costs are above their limit."""
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == "demo.officer"))
    if officer_id is None or ctx.session.scalar(select(func.count()).select_from(Recharge)):
        return
    acting = replace(ctx, officer=current(ctx.session, officer_id))
    shut = access.declared_accounts(acting) | access.closed_accounts(acting)
    found = select(Account.id).where(Account.kind == AccountKind.RENT, Account.closed_on.is_(None))
    accounts = [each for each in ctx.session.scalars(found.order_by(Account.id.desc()).limit(20)) if each not in shut]
    if len(accounts) < _WANTED:
        return
    today = ctx.clock.today()
    commands.recharge(acting, _lock(accounts[0], officer_id, today))
    boarded = commands.recharge(acting, _boarding(accounts[1], officer_id, today))
    commands.award_costs(acting, _costs(accounts[2], officer_id, today))
    if boarded.invoice_number is not None:
        reason = "The police have charged somebody with breaking the window"
        commands.credit(acting, NewCredit("demonstration:credit", boarded.recharge_id, reason, Money(40_00)))


def _lock(account_id: int, officer_id: int, today: date) -> NewRecharge:
    return NewRecharge(
        "demonstration:lock",
        account_id,
        notify_id=officer_id,
        terms=Terms(Money(10_00), Frequency.WEEKLY, today + timedelta(days=7)),
        files=(_file("Repair job R104233: front door, lock changed after the keys were lost."),),
        item="lock_change",
        done_on=today - timedelta(days=4),
        job="R104233",
    )


def _boarding(account_id: int, officer_id: int, today: date) -> NewRecharge:
    return NewRecharge(
        "demonstration:boarding",
        account_id,
        notify_id=officer_id,
        files=(_file("Repair job R104251: kitchen window boarded up by day, an emergency."),),
        item="boarding",
        at=WorkTime.EMERGENCY,
        done_on=today - timedelta(days=2),
        job="R104251",
    )


def _costs(account_id: int, officer_id: int, today: date) -> NewCosts:
    return NewCosts(
        "demonstration:costs",
        account_id,
        notify_id=officer_id,
        files=(_file("Order of the county court in claim K0PP1234: the defendant pays costs of 473.50."),),
        claim="K0PP1234",
        order_on=today - timedelta(days=9),
        fee=Money(404_00),
        fixed=Money(69_50),
    )


def _file(words: str) -> NewFile:
    return NewFile("evidence.txt", words.encode())
