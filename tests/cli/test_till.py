"""`rentbook till status`: who holds which till, without telling them what should be in it."""

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.tills import Till
from app.services.core.clock import FixedClock
from app.services.core.database import open_database
from app.services.core.session import Desk
from app.services.reception_payments.tills import commands
from app.services.reception_payments.tills.dto import Count
from tests.conftest import TODAY


def set_up(path):
    database = open_database(path)
    desk = Desk.sit_down(database, "officer", FixedClock(TODAY))

    def make(ctx):
        counter = PaymentDesk(name="Campus West", prefix="WGC", takes_cash=True)
        ctx.session.add(counter)
        ctx.session.flush()
        made = Till(desk_id=counter.id, name="Till 1", float_pence=50_00)
        ctx.session.add_all([made, Till(desk_id=counter.id, name="Till 2", float_pence=0)])
        ctx.session.flush()
        return made.id

    desk.do(commands.open_till, desk.do(make), Count({5000: 1}))
    database.close()


def test_no_till_is_said(office):
    assert "There are no tills" in office("till", "status").out


def test_each_till_is_told_and_the_holder_not_what_is_in_it(office, database_file):
    set_up(database_file)
    done = office("till", "status", "--json")
    first, second = done.data["tills"]
    assert (first["till"], first["session"]["held_by"], first["session"]["float_pence"]) == (
        "Till 1",
        "Test Officer",
        50_00,
    )
    assert first["session"]["cash_pence"] is None
    assert second["session"] is None
    assert "Open" in office("till", "status").out
