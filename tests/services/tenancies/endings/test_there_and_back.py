"""Whatever day a tenancy ends on, taking it back leaves every account as it was."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.values import EndReason, Fund, Money
from app.services.ledger import checks
from app.services.tenancies.endings import commands
from app.services.tenancies.endings.dto import Finish, NoteEnding, TakeBack
from tests.services.tenancies.endings.conftest import balance, control

days = st.dates(date(2026, 10, 19), date(2026, 12, 20))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days, st.booleans())
def test_there_and_back(desk, home, last, garages):
    accounts = [each.account.id for each in home]
    before = [balance(desk, each) for each in accounts]
    finish = Finish(statement=False) if last <= date(2026, 11, 22) else None
    ending = NoteEnding(
        home[0].tenancy.id,
        EndReason.OTHER,
        agreed_on=last,
        excused="Agreed",
        garages=(home[1].tenancy.id,) if garages else (),
        finish=finish,
    )
    done = desk.do(commands.save, ending)
    assert done.ends_on == last
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "Taken back"))
    assert [balance(desk, each) for each in accounts] == before
    assert control(desk, "void_loss", Fund.HRA) == Money(0)
    assert desk.ask(checks.check) == ()


@pytest.mark.parametrize("last", [date(2026, 10, 25), date(2026, 11, 11), date(2026, 11, 22)])
def test_what_is_charged_to_the_tenant_and_to_the_void_is_the_whole_rent(desk, home, last):
    """Four weeks of 104.50, shared by the day between the two."""
    ending = NoteEnding(home[0].tenancy.id, EndReason.OTHER, agreed_on=last, excused="Agreed")
    desk.do(commands.save, ending)
    tenant = balance(desk, home[0].account.id) + Money(240_00)
    assert tenant + control(desk, "void_loss", Fund.HRA) == Money(418_00)
