"""`rentbook till status`: who holds which till, without telling them what should be in it."""

from sqlalchemy import update

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.tills import Till, TillSession
from app.services.core.clock import FixedClock
from app.services.core.database import open_database
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.reception_payments.tills import commands
from app.services.reception_payments.tills.dto import CashUp, Count
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

    session_id = desk.do(commands.open_till, desk.do(make), Count({5000: 1})).session_id
    database.close()
    return session_id


def hand_over(path, session_id):
    """Kim holds the till from now; it is counted for Lee."""
    database = open_database(path)
    desk = Desk.sit_down(database, "officer", FixedClock(TODAY))
    for name in ("kim", "lee"):
        desk.do(add, NewOfficer(name, f"Test {name.title()}", frozenset({Role.RECEPTION})))
    kim, lee = (Desk.sit_down(database, name, FixedClock(TODAY)) for name in ("kim", "lee"))
    holds = update(TillSession).where(TillSession.id == session_id).values(holder_id=kim.officer.id)
    desk.do(lambda ctx: ctx.session.execute(holds) and None)
    kim.do(commands.hand_over, session_id, lee.officer.id, Count({5000: 1}))
    return kim


def test_no_till_is_said(office):
    assert "There are no tills" in office("till", "status").out


def test_each_till_is_told_and_the_holder_not_what_is_in_it(office, database_file):
    session_id = set_up(database_file)
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
    kim = hand_over(database_file, session_id)
    assert office("till", "status", "--json").data["tills"][0]["session"]["handed_to"] == "Test Lee"
    assert "To be taken over by Test Lee" in office("till", "status").out
    kim.do(commands.cash_up, CashUp(session_id, Count({5000: 1}), 0, 0))
    kim.database.close()
    assert "Closed, 1 session to be signed" in office("till", "status").out
