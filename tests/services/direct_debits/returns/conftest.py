"""A home whose Direct Debit of £65.00, processed on 17 November 2026, is on its account; and reports read as they come."""

from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.direct_debits.mandates import Instruction, Mandate, MandateStep
from app.models.direct_debits.reports import BankReportItem
from app.models.direct_debits.schedules import Collection
from app.models.letters import Outgoing
from app.services.direct_debits.returns import commands, queries
from app.services.direct_debits.returns.dto import ItemFilter, NewReport, Shown
from tests.factories import debits
from tests.prepared import prepared
from tests.services.bacs import report_samples as samples


@prepared
def home(desk):
    """(account, mandate, collection), by id."""
    return desk.do(debits.home)


def read(desk, content, name="report.xml"):
    """A report is handed in."""
    return desk.do(commands.read, NewReport(content, name))


def carried_out(desk, content):
    """A report is handed in, and all that it proposes is applied."""
    return desk.do(commands.apply, read(desk, content).item_ids)


def listed(desk, shown=Shown.TO_DO, **wanted):
    return desk.ask(queries.listed, ItemFilter(shown, **wanted))


def state(desk, mandate_id):
    return desk.ask(lambda ctx: ctx.session.get_one(Mandate, mandate_id)).state.value


def item(desk, item_id):
    return desk.ask(lambda ctx: ctx.session.get_one(BankReportItem, item_id))


def waiting(desk, mandate_id):
    """What waits to be told to the bank."""
    rows = lambda ctx: ctx.session.query(Instruction).filter_by(mandate_id=mandate_id, state="waiting").all()  # noqa: E731
    return [each.code.value for each in desk.ask(rows)]


def steps(desk, mandate_id):
    rows = lambda ctx: ctx.session.query(MandateStep).filter_by(mandate_id=mandate_id).all()  # noqa: E731
    return [each.event.value for each in desk.ask(rows)]


def balance(desk, account_id):
    return desk.ask(lambda ctx: ctx.session.get_one(Account, account_id)).balance_pence


def collections(desk, mandate_id):
    rows = select(Collection).where(Collection.mandate_id == mandate_id).order_by(Collection.id)
    return desk.ask(lambda ctx: list(ctx.session.scalars(rows)))


def titles(desk):
    return desk.ask(lambda ctx: sorted(ctx.session.scalars(select(Task.title))))


def letters(desk):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(Outgoing.title))))


def arudd(code="0128", **fields):
    return samples.arudd(samples.returned(code=code, **fields))
