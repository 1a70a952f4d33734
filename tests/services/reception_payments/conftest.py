"""A counter that takes everything, one that takes no cash, an income besides rent, and two homes."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from app.models.accounts import Account
from app.models.limits import OfficerLimit
from app.models.post_log import PostCategory, PostItem
from app.models.post_valuables import PostValuable
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.values import AccountKind, FormatNeed, Fund, LimitKind, PayerKind, PostChannel, TakenBy, ValuableKind
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.reception_payments.receipts.dto.new import NewReceipt, NewShare
from tests.factories import lettings
from tests.prepared import prepared

TODAY = date(2026, 11, 21)


def counter(ctx, name="Campus West", prefix="WGC", **columns):
    """A desk that takes payments."""
    made = PaymentDesk(name=name, prefix=prefix, **{"takes_cash": True, "address": "The Campus"} | columns)
    ctx.session.add(made)
    ctx.session.flush()
    return made


def income(ctx, name="Parking notices"):
    """Other income, with its control account."""
    account = Account(
        kind=AccountKind.CONTROL,
        fund=Fund.GENERAL,
        name=name,
        control_key="stream:parking",
        ledger_code="GF9001",
        opened_on=date(2026, 4, 1),
    )
    ctx.session.add(account)
    ctx.session.flush()
    made = IncomeStream(name=name, account_id=account.id, reference_note="Number of the notice")
    ctx.session.add(made)
    ctx.session.flush()
    return made


@prepared
def reception(desk):
    """Ids of what the tests begin with: two desks, one income, a home with its garage, and somebody else's home."""

    def make(ctx):
        home = lettings.letting(ctx, reference="70 0001")
        garage = lettings.garage_letting(ctx, home=home)
        other = lettings.letting(ctx, reference="70 0002", who=("Sam", "Else"))
        return {
            "counter": counter(ctx).id,
            "hatfield": counter(ctx, "Hatfield", "HAT", takes_cash=False).id,
            "income": income(ctx).id,
            "rent": home.account.id,
            "tenancy": home.tenancy.id,
            "garage": garage.account.id,
            "other": other.account.id,
            "person": home.person.id,
        }

    return SimpleNamespace(**desk.do(make))


@prepared
def clerk(desk, reception):
    """The desk of somebody at reception, who may take payments and open no restricted record."""
    desk.do(add, NewOfficer("clerk", "Test Clerk", frozenset({Role.RECEPTION})))
    return Desk.sit_down(desk.database, "clerk", desk.clock)


def payment(reception, *shares, key="one", by=TakenBy.CASH, **rest):
    """A payment at the counter: £100.00 for the rent, unless the test says otherwise."""
    values = {"desk_id": reception.counter, "taken_on": TODAY, "payer": PayerKind.HOLDER, "person_id": reception.person}
    return NewReceipt(key, taken_by=by, shares=shares or (NewShare(100_00, reception.rent),), **values | rest)


def control(desk, key, fund=Fund.HRA):
    """The balance of a control account, in pence."""
    wanted = select(Account.balance_pence).where(Account.control_key == key, Account.fund == fund)
    return desk.ask(lambda ctx: ctx.session.scalars(wanted).one())


@prepared
def cheque_in_the_post(desk, colleague, reception):
    """A cheque of £118.42 from the tenant, opened by two; its id."""

    def make(ctx):
        opened = {"opened_by": desk.officer.id, "witness_id": colleague.officer.id, "opened_at": ctx.clock.now()}
        item = PostItem(
            channel=PostChannel.VALUABLES,
            year=2026,
            number=1,
            received_on=date(2026, 11, 20),
            received_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            sender="Alex Sample",
            category_id=ctx.session.scalars(select(PostCategory.id).order_by(PostCategory.id)).first(),
            account_id=reception.rent,
            format=FormatNeed.STANDARD,
            logged_at=ctx.clock.now(),
            logged_by=desk.officer.id,
        )
        ctx.session.add(item)
        ctx.session.flush()
        kind = {"kind": ValuableKind.CHEQUE, "pence": 118_42, "details": "000123 A Sample"}
        valuable = PostValuable(item_id=item.id, receipt=12, **kind, **opened)
        ctx.session.add(valuable)
        ctx.session.flush()
        return valuable.id

    return desk.do(make)


def of_yesterday(desk, receipt_id):
    """A receipt as if it had been taken the day before: no bank sends back what was taken today."""

    def age(ctx):
        row = ctx.session.get_one(Receipt, receipt_id)
        row.recorded_at -= timedelta(days=1)

    desk.do(age)


def may_refund(desk, colleague):
    """Give somebody a limit for refunds of 500.00."""
    row = {"kind": LimitKind.REFUND, "line_pence": 500_00, "batch_pence": 500_00}
    desk.do(lambda ctx: ctx.session.add(OfficerLimit(officer_id=colleague.officer.id, **row)))
