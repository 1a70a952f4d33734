"""Where suppliers of the made-up landlord are paid, confirmed by a call, and the contracts with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from app.models.purchase_orders.suppliers import Supplier
from app.models.values import Money, Subject
from app.services.approvals import commands as approvals
from app.services.approvals import keeping
from app.services.core.context import Context
from app.services.demonstration.purchasing_bills import Buyers
from app.services.purchase_orders.suppliers import commands as suppliers
from app.services.purchase_orders.suppliers import contract_requests
from app.services.purchase_orders.suppliers.bank import commands as banks
from app.services.purchase_orders.suppliers.bank import requests
from app.services.purchase_orders.suppliers.bank.dto import NewSupplierBank
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields

_ACCOUNTS: Final = (
    ("871427", "46238510"),
    ("872427", "46238510"),
    ("871427", "09123496"),
    ("871427", "99123496"),
    ("820000", "73688637"),
    ("827999", "73988638"),
    ("827101", "28748352"),
    ("086090", "06774744"),
)
"""Accounts that the published specification of the modulus check has as examples: nobody's. The last two suppliers have none."""
_OTHER: Final = ("938600", "42368003")
_CHANGES: Final = 2
"""Which supplier, by its place, asks to be paid on another account."""
_CONTRACTS: Final = (
    (1, "HRA/2024/03", "Servicing and repair of boilers", 690, 55, 180_000),
    (3, "HRA/2025/11", "Grounds and estates", 330, 400, 96_000),
    (5, "HRA/2023/27", "Electricity of the landlord's supplies", 1_090, 210, 145_000),
    (7, "HRA/2025/02", "Surveys of condition", 400, -12, 30_000),
)
"""The supplier by its place, number, title, days since it began and to its end, and pounds: one ends soon, one is over."""


def keep_contracts(office: Buyers, sellers: Sequence[int]) -> None:
    """Keep the contracts with suppliers; the team leader holds them."""
    today = office.asker.clock.today()
    holder = office.approver.officer.id
    for seller, number, title, since, days, pounds in _CONTRACTS:
        starts, ends = today - timedelta(days=since), today + timedelta(days=days)
        fields = ContractFields(number, title, starts, ends, Money(pounds * 100), holder_id=holder)
        suppliers.add_contract(office.asker, sellers[seller], fields)
    approvals.approve(office.approver, _asked(office.asker, contract_requests.KIND))


def keep_banks(now: Buyers, sellers: Sequence[int], known: int) -> None:
    """Put bank details in force as long ago as suppliers are known; of one others wait, which came by letter this week."""
    before, ctx = now.days_ago(known), now.asker
    for seller, account in zip(sellers, _ACCOUNTS, strict=False):
        _propose(before.asker, seller, account, "Their form for new suppliers, signed")
    approvals.approve(before.approver, _asked(ctx, requests.KIND))
    _propose(now.days_ago(1).asker, sellers[_CHANGES], _OTHER, "Letter on their paper: they have changed banks")


def _asked(ctx: Context, kind: str) -> list[int]:
    """The requests of a kind that wait."""
    return list(keeping.waiting_for(ctx, Subject.SUPPLIER, kind).values())


def _propose(ctx: Context, supplier_id: int, account: tuple[str, str], how: str) -> None:
    """Ask for bank details after a call to the number on the record."""
    row = ctx.session.get_one(Supplier, supplier_id)
    whom, today = "Their accounts manager", ctx.clock.today()
    banks.propose(ctx, NewSupplierBank(supplier_id, row.name, *account, how, row.phone, today, whom))
