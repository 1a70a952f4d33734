"""What must be so after all desks worked at once: every number there once, nothing posted twice, the ledger whole."""

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.adjustments import Adjustment
from app.models.approvals import ApprovalRequest
from app.models.desks import DeskSession
from app.models.drafts import Presence
from app.models.ledger import Journal
from app.models.post_log import PostItem
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.tills import TillSession
from app.models.values import ApprovalState, DeskEnding, JournalKind
from app.services.core.session import Desk
from app.services.ledger import checks
from tests.stress.office import IN_THE_FILE, PUT_TO_ANOTHER, RENT, Office
from tests.stress.work import ADJUSTED, PAID


def faults(desk: Desk, office: Office, told: list, rounds: int) -> list[str]:
    """Everything that is not as it must be, as sentences."""
    found = [f"Process {at}: {each}" for at, each in enumerate(told) if isinstance(each, str)]
    told = [each for each in told if not isinstance(each, str)]
    found += [fault for each in told for fault in each["faults"]]
    desks = len(office.usernames)
    found += desk.ask(_uneven, {name: _all(told, name) for name in _NAMES}, desks, rounds)
    found += desk.ask(_balances, office, rounds)
    found += [f"{each.check}: {each.message}" for each in desk.ask(checks.check)]
    return found


_NAMES = ("till", "charged first", "loaded", "approved it", "refused it", "adjusted", "paid", "logged", "drafted")


def _all(told, name):
    return sum(each["done"].get(name, 0) for each in told)


def _uneven(ctx, done, desks, rounds):
    """What was done, and what is there, against what was asked for."""
    turns, pairs = desks * rounds, desks // 2
    wanted = {"till": desks, "charged first": 1, "loaded": 1, "adjusted": turns, "paid": turns}
    wanted |= {"logged": turns, "drafted": turns}
    for name, number in wanted.items():
        if done[name] != number:
            yield f"{name}: {done[name]} instead of {number}."
    if done["approved it"] + done["refused it"] != pairs:
        yield f"{done['approved it']} approved and {done['refused it']} refused, of {pairs} requests."
    there = {
        "adjustment": (Adjustment.number, turns + pairs),
        "receipt": (Receipt.number, pairs * rounds),
        "item of post": (PostItem.number, turns),
        "requisition": (PurchaseOrder.requisition, turns),
    }
    for name, (column, number) in there.items():
        numbers = list(ctx.session.scalars(select(column).order_by(column)))
        if numbers != list(range(1, number + 1)):
            yield f"The numbers of each {name} are {numbers}, not 1 to {number}."
    yield from _counted(ctx, done, desks)


def _counted(ctx, done, desks):
    states = dict(
        ctx.session.execute(select(ApprovalRequest.state, func.count()).group_by(ApprovalRequest.state)).all()
    )
    if states != {
        state: done[name]
        for state, name in ((ApprovalState.APPROVED, "approved it"), (ApprovalState.REFUSED, "refused it"))
        if done[name]
    }:
        yield f"The requests are {states}."
    charges = ctx.session.scalar(select(func.count(Journal.number)).where(Journal.kind == JournalKind.CHARGE_RUN))
    if charges != 1:
        yield f"The week was charged {charges} times."
    if ctx.session.scalar(select(func.count()).select_from(Presence)):
        yield "Somebody is still said to have a record open."
    left = select(func.count(DeskSession.id)).where(DeskSession.ending == DeskEnding.SIGNED_OUT)
    if ctx.session.scalar(left) != desks:
        yield "Not every desk is said to have left."
    if ctx.session.scalar(select(func.count(TillSession.id))) != desks:
        yield "Not every till was opened once."


def _balances(ctx, office, rounds):
    """What each home owes, added up by what was asked for it."""
    approved = {row.id for row in ctx.session.scalars(select(ApprovalRequest)) if row.state is ApprovalState.APPROVED}
    balances = dict(
        ctx.session.execute(select(Account.id, Account.balance_pence).where(Account.id.in_(office.homes))).all()
    )
    for at, home in enumerate(office.homes):
        owed = RENT + rounds * ADJUSTED + sum(range(rounds)) - IN_THE_FILE
        if at % 2 == 0:
            owed -= rounds * PAID + sum(range(rounds))
            owed += PUT_TO_ANOTHER if office.requests[at // 2] in approved else 0
        if balances[home] != owed:
            yield f"Home {at} owes {balances[home]} pence instead of {owed}."
