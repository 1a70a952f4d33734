"""A year of paying suppliers at the made-up landlord: work that is billed as it goes on, electricity, and a run for each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.values import Money, PaidBy, PurchaseVat
from app.services.approvals import commands as approvals
from app.services.core.calendars import months_after
from app.services.core.closures import bacs_days
from app.services.demonstration.purchasing_bills import Buyers
from app.services.demonstration.purchasing_orders import order, version_of
from app.services.demonstration.purchasing_plan import Bought, Come
from app.services.purchase_orders.budgets.rules import first_day, year_of
from app.services.purchase_orders.invoices import commands as invoices
from app.services.purchase_orders.invoices.dto import NewInvoice, NewInvoiceLine, NewSplit
from app.services.purchase_orders.payments import commands as paying
from app.services.purchase_orders.payments import queries as payments
from app.services.purchase_orders.payments.dto import AskRun, RunQuestion
from app.services.purchase_orders.publishing import commands as publishing
from app.services.purchase_orders.receipts import commands as receipts
from app.services.purchase_orders.receipts.dto import LineQuantity, NewReceipt

_RUNS: Final = (184, 128, 80, 30)
"""Days since the runs that are paid were asked for."""
_SENT: Final = 2
"""Days since one was sent that suppliers haven't the money of yet."""
_CLEARS: Final = 3
"""Working days from the sending of a Bacs file to the money, with one to spare."""
_AHEAD: Final = timedelta(days=21)
_PUBLISHED: Final = 20


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice: days since the run that pays it, days from its coming to that run, and units, or pence where it has no order."""

    paid: int
    waited: int
    much: int

    @property
    def ago(self) -> int:
        """Days since it came."""
        return self.paid + self.waited


@dataclass(frozen=True, slots=True)
class Work:
    """An order that is billed as it goes on; `labour` is of a hundred, for CIS."""

    key: str
    order: Bought
    bills: tuple[Bill, ...]
    labour: int = 0


_WORKS: Final = (
    Work(
        "season",
        Bought("Grounds, the season", 3, 226, Come.SENT, (("Work of a gardener", 80, "hours", 58_00, 2),), 200),
        (Bill(184, 15, 14), Bill(128, 12, 18), Bill(80, 14, 16), Bill(_SENT, 16, 10)),
    ),
    Work(
        "boilers",
        Bought("Boilers serviced, Sample Court", 1, 214, Come.SENT, (("Boiler serviced", 48, "each", 86_00, 1),), 180),
        (Bill(128, 43, 12), Bill(30, 32, 14)),
    ),
    Work(
        "roof",
        Bought(
            "Flat roof, Mock Lane garages", 2, 170, Come.SENT, (("Roof renewed", 64, "square metres", 67_00, 1),), 60
        ),
        (Bill(80, 18, 36), Bill(30, 16, 28)),
        labour=60,
    ),
)
_ELECTRIC, _ELECTRIC_CODE = 5, 3
_ELECTRICITY: Final = (
    Bill(184, 9, 642_18),
    Bill(128, 11, 561_75),
    Bill(80, 9, 603_92),
    Bill(30, 10, 977_06),
    Bill(_SENT, 9, 655_10),
)


def pay_some(now: Buyers, sellers: Sequence[int], codes: Sequence[int]) -> None:
    """Order, receive, approve and pay what lies in this financial year, a run at a time; the last is sent and not yet paid.

    What was billed of one supplier took longer than the law allows: its interest is owed.
    """
    today = now.asker.clock.today()
    reach = (today - first_day(year_of(today))).days
    ordered: dict[str, int] = {}
    for run in (*_RUNS, _SENT):
        billed = 0
        for work in _WORKS:
            for at, bill in enumerate(work.bills):
                if bill.paid == run and bill.ago + 7 <= reach:
                    shown = replace(work.order, ago=min(work.order.ago, reach))
                    if work.key not in ordered:
                        ordered[work.key] = order(now, f"demonstration:{work.key}", shown, sellers, codes)
                    _bill(now, work, at, bill, ordered[work.key])
                    billed += 1
        for at, bill in enumerate(_ELECTRICITY):
            if bill.paid == run and bill.ago <= reach:
                _electricity(now, at, bill, sellers[_ELECTRIC], codes[_ELECTRIC_CODE])
                billed += 1
        if billed:
            _pay(now.days_ago(run), now, run)
    _publish(now, reach)


def _bill(now: Buyers, work: Work, at: int, bill: Bill, order_id: int) -> None:
    """What came of an order is received a week before its invoice, which is approved a few days before it is paid."""
    key = f"demonstration:{work.key}:{at}"
    came, logged = now.days_ago(bill.ago + 6), now.days_ago(bill.ago)
    line = came.receiver.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id)).one()
    quantity = (LineQuantity(line.id, bill.much * 1_000),)
    on = came.receiver.clock.today()
    receipts.receive(came.receiver, NewReceipt(key, order_id, version_of(now.asker, order_id), on, quantity))
    row = now.asker.session.get_one(PurchaseOrder, order_id)
    assert row.supplier_id is not None
    net = Money(row.net_pence * bill.much * 1_000 // line.quantity)
    labour = Money(net.pence * work.labour // 100) if work.labour else None
    arrived = logged.receiver.clock.today()
    new = NewInvoice(
        key,
        row.supplier_id,
        f"{work.key[:3].upper()}-{2_040 + 17 * at}",
        arrived - timedelta(days=2),
        arrived,
        net,
        Money(net.pence // 5),
        order_id=order_id,
        order_quoted=str(row.number),
        labour=labour,
    )
    made = invoices.log(logged.receiver, new)
    invoice = now.asker.session.get_one(SupplierInvoice, made.invoice_id)
    invoices.take_lines(logged.receiver, invoice.id, invoice.version)
    _approve(now.days_ago(bill.paid + min(6, bill.waited)), made.invoice_id)


def _electricity(now: Buyers, at: int, bill: Bill, supplier_id: int, budget_id: int) -> None:
    """A bill without an order: its category needs none."""
    logged = now.days_ago(bill.ago)
    on = logged.receiver.clock.today()
    net, vat = Money(bill.much), Money(bill.much // 5)
    words = f"Lights of the stairs, to {on:%B}"
    line = NewInvoiceLine(
        words, 1_000, net.pence * 1_000, PurchaseVat.STANDARD, vat, splits=(NewSplit(budget_id, net),)
    )
    new = NewInvoice(f"demonstration:electricity:{at}", supplier_id, f"E-{18_210 + 61 * at}", on, on, net, vat)
    made = invoices.log(logged.receiver, replace(new, lines=(line,)))
    _approve(now.days_ago(bill.paid + 4), made.invoice_id)


def _approve(office: Buyers, invoice_id: int) -> None:
    """Whoever logged it asked, and the team leader approved it."""
    asked = invoices.ask(office.receiver, invoice_id)
    assert asked.request_id is not None
    approvals.approve(office.approver, [asked.request_id])


def _pay(office: Buyers, now: Buyers, run: int) -> None:
    """A run by Bacs of what is approved: asked for, approved by finance, sent, and paid once its day has come."""
    ctx = office.receiver
    today = ctx.clock.today()
    pay_on = bacs_days(ctx.policy, today).add(today, _CLEARS)
    question = RunQuestion(today + _AHEAD, pay_on, PaidBy.BACS)
    found = payments.preview(ctx, question)
    asked = paying.ask(ctx, AskRun(question, found.count, found.total, f"demonstration:run:{run}"))
    approvals.approve(office.payer, [asked.request_id])
    paying.mark_sent(ctx, asked.run_id, f"TEST-{4_700 - run}")
    if pay_on < now.asker.clock.today():
        paying.mark_paid(office.on(pay_on).receiver, asked.run_id, pay_on)


def _publish(now: Buyers, reach: int) -> None:
    """The spending of the last whole quarter as finance published it."""
    quarter = max(_quarters(now.asker.clock.today(), reach), default=None)
    if quarter is not None:
        published = now.on(quarter[1] + timedelta(days=_PUBLISHED))
        publishing.spending(published.payer, *quarter)


def _quarters(today: date, reach: int) -> Iterator[tuple[date, date]]:
    """The quarters of this financial year that are over long enough to be published."""
    begins = today - timedelta(days=reach)
    for at in range(0, 12, 3):
        first, after = months_after(begins, at), months_after(begins, at + 3)
        if after + timedelta(days=_PUBLISHED) <= today:
            yield first, after - timedelta(days=1)
