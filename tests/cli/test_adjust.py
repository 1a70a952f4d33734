"""`rentbook adjust`: what waits, posting and taking back."""

from datetime import date

from app.models.policy import PolicyValue
from app.services.adjustments import commands
from app.services.approvals import commands as approvals
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.adjustments.conftest import balance, entry, line, set_limits


@prepared
def home(desk, colleague, office):
    """A home in an office whose officers adjust up to £100.00, a team leader more."""
    set_limits(desk)
    set_limits(desk, 5_000_00, 20_000_00, "colleague")
    return desk.do(lettings.letting, reference="70 0001")


def test_what_waits_is_listed_and_posted_by_a_third_officer(desk, colleague, home, office):
    assert office("adjust", "pending").out.strip() == "Nothing waits."
    policy = PolicyValue(
        key="adjustments.third_officer",
        scope="adjustment_kind:credit",
        effective_from=date(2026, 1, 1),
        value="yes",
        unit="",
        source="a decision",
    )
    desk.do(lambda ctx: ctx.session.add(policy))
    desk.do(add, NewOfficer("third", "Test Third", frozenset({Role.TEAM_LEADER})))
    set_limits(desk, 5_000_00, 20_000_00, "third")
    asked = colleague.do(commands.enter, entry(line(home.account, -600_00), title="Heating off")).request_id
    (row,) = office("adjust", "pending", "--json").data["adjustments"]
    assert (row["number"], row["state"], row["credit_pence"], row["request"]) == (1, "waiting", 600_00, asked)
    assert f"for approval (request {asked})" in office("adjust", "pending").out
    early = office("adjust", "post", "1")
    assert (early.code, early.out.strip()) == (
        1,
        "Adjustment 1: Adjustment 1 is waiting, not approved. Look at it in the list.",
    )
    Desk.sit_down(desk.database, "third", desk.clock).do(approvals.approve, [asked])
    assert office("adjust", "pending", "--json").data["adjustments"][0]["why_not_post"] is None
    assert office("adjust", "post", "1").out.strip().endswith("is posted as journal 1: £600.00 credited.")
    assert balance(desk, home.account) == -600_00
    assert office("adjust", "pending").out.strip() == "Nothing waits."


def test_one_is_taken_back_by_its_number(desk, home, office):
    desk.do(commands.enter, entry(line(home.account, 30_00)))
    assert office("adjust", "reverse", "7", "--reason", "Wrong").err.startswith("There is no adjustment 7.")
    done = office("adjust", "reverse", "1", "--reason", "Wrong home", "--json").data["done"]
    assert (done[0]["state"], done[0]["journal"]) == ("reversed", 2)
    assert balance(desk, home.account) == 0
    again = office("adjust", "reverse", "1", "--reason", "Wrong home")
    assert (again.code, again.err.splitlines()[0]) == (1, "Adjustment 1 is reversed, not posted.")
