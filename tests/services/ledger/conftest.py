"""Whoever posts here may adjust any amount: what needs a second officer is tested in test_second_officer."""

import pytest

from app.models.limits import OfficerLimit
from app.models.values import JournalKind, LimitKind
from app.services.core.session import Desk
from app.services.ledger import commands
from app.services.ledger.dto import JournalHeader, Line
from tests.conftest import OFFICER, TODAY
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.ledger.by_hand import Client

_MOST = 10**17


@prepared
def desk(database, clock) -> Desk:
    """The desk of the only officer, with limits for adjustments that nothing reaches."""
    made = Desk.sit_down(database, OFFICER, clock)
    without_limits(made)
    return made


def without_limits(desk) -> None:
    """The officer may adjust any amount."""
    kinds = (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT)
    amounts = {"line_pence": _MOST, "batch_pence": _MOST}
    rows = [OfficerLimit(officer_id=desk.officer.id, kind=kind, **amounts) for kind in kinds]
    desk.do(lambda ctx: ctx.session.add_all(rows))


@prepared
def home(desk, colleague):
    """A letting that owes 300.00, in an office of three; `desk` may adjust up to 50.00, and 80.00 together."""

    def make(ctx):
        made = lettings.letting(ctx)
        for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
            row = ctx.session.get(OfficerLimit, (ctx.officer.id, kind))
            row.line_pence, row.batch_pence = 50_00, 80_00
        ctx.session.flush()
        header = JournalHeader(JournalKind.CHARGE_RUN, TODAY, "test", "owes")
        commands.post(ctx, header, [Line(made.account.id, "DBR", 300_00, TODAY)])
        return made

    return desk.do(make)


@pytest.fixture
def client(desk, home):
    return Client(desk.database.url.database, desk.officer.id)
