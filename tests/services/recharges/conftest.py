"""An office of three with limits of £100.00 for the officer and £5,000.00 for a team leader, and a home at £100.00 a week."""

from datetime import date

from sqlalchemy import select

from app.models.documents import DocumentLink
from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.policy import PolicyValue
from app.models.values import LimitKind, Money, Subject
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.ledger import queries
from app.services.recharges.dto import NewCosts, NewRecharge
from tests.factories import lettings
from tests.prepared import prepared

DONE = date(2026, 11, 18)
ORDERED = date(2026, 11, 12)


def set_limits(desk, username, line, batch):
    """Give an officer both limits for adjustments."""

    def give(ctx):
        officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == username))
        for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
            ctx.session.add(OfficerLimit(officer_id=officer_id, kind=kind, line_pence=line, batch_pence=batch))

    desk.do(give)


@prepared
def team(desk, colleague):
    """The officer and a team leader, with their limits."""
    set_limits(desk, desk.officer.username, 100_00, 900_00)
    set_limits(desk, colleague.officer.username, 5_000_00, 20_000_00)
    return desk, colleague


@prepared
def home(desk, team):
    """A home with its rent account."""
    return desk.do(lettings.letting, reference="70 0001")


@prepared
def order(desk, home):
    """The job or the order as a document; its link."""

    def attach(ctx):
        sha256 = documents.put(ctx, b"order", "text/plain")
        return documents.link(ctx, sha256, NewLink(Subject.ACCOUNT, home.account.id, "scan", "Order", "order.txt"))

    return desk.do(attach)


def repair(home, order, key="one", **rest):
    """A lock change by day that was no emergency."""
    values = {"item": "lock_change", "done_on": DONE} | rest
    return NewRecharge(key, home.account.id, evidence=(order,), **values)


def costs(home, order, key="costs", **rest):
    """A fee of £404.00 and fixed costs of £69.50, as an order awards them."""
    values = {"claim": "K0PP1234", "order_on": ORDERED, "fee": Money(404_00), "fixed": Money(69_50)} | rest
    return NewCosts(key, home.account.id, evidence=(order,), **values)


def policy(ctx, key, value, scope="", from_on=date(2026, 1, 1)):
    """A value of a policy as the office has it from a day on."""
    made = PolicyValue(key=key, scope=scope, effective_from=from_on, value=value, unit="")
    made.source, made.verified_by = "Test", ""
    ctx.session.add(made)


def balance(desk, account_id):
    return desk.ask(queries.balance, account_id).pence


def links(desk, recharge_id):
    """What is filed with an invoice: the kinds of its documents."""
    about = (DocumentLink.subject == Subject.RECHARGE.value, DocumentLink.subject_id == recharge_id)
    return desk.ask(lambda ctx: sorted(ctx.session.scalars(select(DocumentLink.kind).where(*about))))
