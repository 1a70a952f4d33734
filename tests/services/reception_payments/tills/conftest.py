"""The till of the counter, and what its officers do with it."""

from datetime import UTC, datetime
from types import SimpleNamespace

from app.models.reception_payments.tills import Till
from app.services.core.session import Desk
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewShare
from app.services.reception_payments.tills import commands
from app.services.reception_payments.tills.dto import CashUp, Count
from tests.prepared import prepared
from tests.services.reception_payments.conftest import payment

FLOAT = Count({2000: 1, 1000: 1, 500: 2, 100: 10})
"""20 + 10 + 10 + 10: 50.00."""


@prepared
def till(desk, reception):
    """The till of the counter, with a float of 50.00."""

    def make(ctx):
        row = Till(desk_id=reception.counter, name="Till 1", float_pence=50_00)
        ctx.session.add(row)
        ctx.session.flush()
        return {"id": row.id}

    return SimpleNamespace(**desk.do(make))


def opened(desk, till):
    return desk.do(commands.open_till, till.id, FLOAT).session_id


def take(desk, reception, pence, key, **rest):
    return desk.do(recording.record, payment(reception, NewShare(pence, reception.rent), key=key, **rest))


def cash_up(desk, session_id, quantities, why="", cheques=(0, 0)):
    return desk.do(commands.cash_up, CashUp(session_id, Count(quantities, why), *cheques))


class At:
    """A clock that stands at a moment of winter, when the office's time is UTC."""

    def __init__(self, moment):
        self._moment = moment

    def now(self):
        return self._moment

    def today(self):
        return self._moment.date()


def at(desk, *moment):
    """The desk at a moment."""
    return Desk.sit_down(desk.database, desk.officer.username, At(datetime(*moment, tzinfo=UTC)))
