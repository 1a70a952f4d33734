"""Works on homes of the made-up landlord, one late and one done for the tenant to pay; and a meter with two years of readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.purchase_orders.budgets import Budget
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, InvoiceKind, Money, OrderSent, UtilityKind
from app.services.approvals import commands as approvals
from app.services.core import access
from app.services.core.calendars import months_after
from app.services.core.context import Context
from app.services.demonstration.purchasing_bills import Buyers
from app.services.demonstration.purchasing_orders import version_of
from app.services.purchase_orders.invoices import commands as invoices
from app.services.purchase_orders.invoices.dto import NewInvoice, NewMeter, NewReading
from app.services.purchase_orders.invoices.meters import commands as meters
from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.orders.dto import NewLine, NewRequisition, NewSplit, Send
from app.services.purchase_orders.works import commands as works
from app.services.purchase_orders.works.dto import Complete, NewWorks

_LATE: Final = ("Leak under the kitchen sink", "Plumbing", "urgent", 12, 118_00)
_DONE: Final = ("Front door forced, lock renewed", "Locks and entry", "emergency", 20, 164_50)
_HOMES: Final = 2
_MONTHS: Final = 24
_PENCE_OF_UNIT: Final = 27


def order_works(now: Buyers, supplier_id: int, category_id: int, budget_id: int) -> None:
    """Two works orders on homes that are let: one past its target, one done, which the tenant may have to pay for."""
    homes = _homes(now.asker)
    for shown, property_id in zip((_LATE, _DONE), homes, strict=False):
        title, trade, priority, ago, pence = shown
        office = now.days_ago(ago)
        line = NewLine(title, 1_000, pence * 1_000, (NewSplit(budget_id),), "job")
        asked = NewRequisition(f"demonstration:{title}", title, category_id, (line,), supplier_id=supplier_id)
        reported = office.asker.clock.today()
        new = NewWorks(asked, property_id, trade, priority, reported, rechargeable=shown is _DONE)
        saved = works.raise_works(office.asker, new)
        saved = orders.ask(office.asker, saved.order_id, saved.version)
        assert saved.request_id is not None
        approvals.approve(office.approver, [saved.request_id])
        sent = orders.send(office.asker, Send(saved.order_id, version_of(now.asker, saved.order_id), OrderSent.PRINTED))
        if shown is _DONE:
            later = now.days_ago(ago - 1)
            on = later.receiver.clock.today()
            words = "Cylinder and two keys renewed; the tenant had lost theirs"
            works.complete(later.receiver, Complete(sent.order_id, sent.version, f"{new.trade}:{ago}", on, words))


def read_meter(now: Buyers, supplier_id: int, budget_id: int) -> None:
    """A meter that the supplier found late: one bill with two years of months, those in winter higher, the first estimated."""
    ctx = now.receiver
    code = ctx.session.get_one(Budget, budget_id)
    today = ctx.clock.today()
    first = months_after(today.replace(day=1), -_MONTHS)
    meter_id, _ = meters.keep(
        ctx,
        NewMeter(
            supplier_id,
            "A-100-220",
            "M 4471",
            UtilityKind.ELECTRICITY,
            "Sample Court, landlord's supply",
            code.cost_centre_id,
            code.subjective_id,
            registered_on=first,
        ),
    )
    readings = _readings(meter_id, [months_after(first, at) for at in range(_MONTHS + 1)])
    net = sum(each.net.pence for each in readings)
    bill = NewInvoice(
        "demonstration:meter",
        supplier_id,
        "E-20417",
        today,
        today,
        Money(net),
        Money((net + 2) // 5),
        kind=InvoiceKind.UTILITY,
        readings=readings,
        note="Two years at once: the meter was found in the plant room",
    )
    invoices.log(ctx, bill)


def _readings(meter_id: int, starts: Sequence[date]) -> tuple[NewReading, ...]:
    found, stands = [], 41_200
    for at, (start, after) in enumerate(pairwise(starts)):
        used = 420 + 55 * abs(7 - start.month) + 9 * (at % 5)
        reading = NewReading(
            meter_id,
            start,
            after - timedelta(days=1),
            stands * 1_000,
            (stands + used) * 1_000,
            used * 1_000,
            Money(used * _PENCE_OF_UNIT),
            estimated=at < 2,
        )
        found.append(reading)
        stands += used
    return tuple(found)


def _homes(ctx: Context) -> list[int]:
    """Two homes that are let, on accounts that are nobody's own and not restricted."""
    shut = access.declared_accounts(ctx) | access.restricted_accounts(ctx)
    live = (
        select(Tenancy.property_id, Account.id)
        .join(Account, Account.tenancy_id == Tenancy.id)
        .where(Tenancy.end_on.is_(None), Account.kind == AccountKind.RENT)
        .order_by(Tenancy.property_id)
    )
    found = ctx.session.execute(live.limit(_HOMES + len(shut)))
    return [row.property_id for row in found if row.id not in shut][:_HOMES]
