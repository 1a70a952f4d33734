"""`rentbook dd schedule` and `rentbook dd recalculate`."""

from datetime import date

from app.models.accounts import Account
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.direct_debits.schedules import keeping
from tests.prepared import prepared
from tests.services.direct_debits.schedules.conftest import MONTHLY, charged_until, home, mandate


@prepared
def owed(database):
    """A home whose mandate collects 475.00 four times, and that owes 40.00 since: 1,940.00 over four is 485.00."""
    desk = Desk.sit_down(database, "officer", FixedClock(date(2026, 11, 21)))

    def make(ctx):
        charged_until(ctx, date(2026, 11, 16))
        made = home(ctx)
        keeping.make(ctx, mandate(ctx, made.account), MONTHLY, "Set up")
        made.account.balance_pence = 40_00
        return made.account.payment_reference

    reference = desk.do(make)
    database.close()
    return reference


def test_an_instalment_is_explained_and_recalculated(office, owed):
    shown = office("dd", "schedule", owed)
    assert shown.code == 0
    assert "£1,900.00 over 4 collections of £475.00, monthly on the 15th." in shown.out

    rehearsed = office("dd", "recalculate", "--rehearse", "--json").data
    assert rehearsed["recalculated"] == 0
    assert rehearsed["differences"][0]["now_pence"] == 485_00
    assert rehearsed["differences"][0]["reasons"] == ["The balance moved: £40.00 more is owed than worked out."]

    assert office("dd", "recalculate", "SAMPLE0001").out.splitlines()[-1] == "1 schedule recalculated."
    data = office("dd", "schedule", "sample0001", "--json").data
    assert data["mandate"] == "SAMPLE0001"
    assert [(part["kind"], part["pence"]) for part in data["schedule"]["parts"]] == [
        ("charges", 1_900_00),
        ("balance", 40_00),
    ]
    assert (data["schedule"]["usual_pence"], data["schedule"]["forecast_pence"]) == (485_00, 0)
    assert [each["due_on"] for each in data["collections"]] == ["2026-12-15", "2027-01-15", "2027-02-15", "2027-03-15"]


def test_an_account_without_a_direct_debit(office, database, owed):
    desk = Desk.sit_down(database, "officer", FixedClock(date(2026, 11, 21)))
    other = desk.do(lambda ctx: home(ctx).account.payment_reference)
    assert desk.ask(lambda ctx: ctx.session.query(Account).filter_by(payment_reference=other).count()) == 1
    database.close()
    said = office("dd", "schedule", other)
    assert (said.code, said.out) == (1, "")
    assert f"No Direct Debit pays {other}" in said.err

    would = office("dd", "schedule", other, "--every", "month", "--day", "15", "--json").data
    assert (would["usual_pence"], would["count"], would["forecast_pence"]) == (475_00, 4, 0)
    assert office("dd", "schedule", other, "--every", "week", "--day", "6").code == 1
    assert "£1,900.00 over 17 collections" in office("dd", "schedule", other, "--every", "week", "--day", "5").out
