"""A home with a week's rent of £100.00 and £220.00 to its credit, and its garage; the leader approves refunds."""

from datetime import date

from sqlalchemy import select

from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.values import LimitKind, Money, Payee, RefundMethod, Subject
from app.services.adjustments.refunds import commands, queries
from app.services.adjustments.refunds.dto import NewRefund
from app.services.approvals import commands as approvals
from app.services.documents import commands as documents
from app.services.documents.dto import NewFile
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.adjustments.conftest import paid

ASKED = date(2026, 11, 19)


@prepared
def credited(desk, team, home):
    """The home's account, £220.00 in credit by a bank payment of 2 November."""

    def limit(ctx):
        for officer_id in ctx.session.scalars(select(Officer.id).where(Officer.username == "colleague")).all():
            row = OfficerLimit(officer_id=officer_id, kind=LimitKind.REFUND, line_pence=500_00, batch_pence=900_00)
            ctx.session.add(row)

    desk.do(limit)
    paid(desk, home.account, "RBP", -220_00, date(2026, 11, 2))
    return home.account


@prepared
def garage(desk, credited):
    """The account of the garage."""
    return desk.ask(
        lambda ctx: ctx.session.scalars(select(type(credited)).where(type(credited).kind == "garage")).one()
    )


def new(account, pounds="120.00", key="one", **rest):
    """A refund by cheque to the only tenant."""
    values = {
        "method": RefundMethod.CHEQUE,
        "payee": Payee.TENANT,
        "person_id": 1,
        "payee_name": "Mx Alex Sample",
        "payee_address": "1 Sample Close",
        "reason": "Asked for what was paid too much.",
        "asked_on": ASKED,
    }
    return NewRefund(key, account.id, Money.parse(pounds), **values | rest)


def asked(desk, account, *args, evidence=True, **rest):
    """A refund in the gate, with a letter beside it; its id."""
    refund_id = desk.do(commands.ask, new(account, *args, **rest)).refund_id
    if evidence:
        letter = NewFile("letter.txt", b"Please pay it back.", f"Letter {refund_id}")
        assert desk.do(documents.attach, Subject.REFUND, refund_id, [letter]).link_ids
    return refund_id


def stops(desk, refund_id):
    """The keys of what stops a refund."""
    return [check.key for check in desk.ask(queries.detail, refund_id).gate.stops]


def check(desk, refund_id, key):
    return next(each for each in desk.ask(queries.detail, refund_id).gate.checks if each.key == key)


def approve(desk, refund_id):
    """The decision of the one who sits there on what was asked."""
    return desk.do(approvals.approve, [desk.ask(queries.detail, refund_id).request_id])


__all__ = ["approve", "asked", "check", "lettings", "new", "stops"]
