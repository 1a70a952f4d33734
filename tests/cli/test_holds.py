"""`rentbook holds`, and holds that end by themselves."""

from datetime import date

from app.models.values import HoldKind
from app.services.holds import commands
from app.services.holds.cases import commands as cases
from app.services.holds.cases.dto import OpenCase
from app.services.holds.dto import PlaceHold
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def home(desk, office):
    """In a breathing space, its account in dispute until yesterday."""
    made = desk.do(lettings.letting, reference="70 0001")
    applied = date(2026, 11, 10)
    case = OpenCase(
        HoldKind.BREATHING_SPACE,
        "BS-0001",
        (made.person.id,),
        applied,
        applied,
        date(2026, 11, 11),
        (made.account.id,),
        searched=True,
    )
    desk.do(cases.open_case, case)
    dispute = PlaceHold(made.account.id, HoldKind.DISPUTE, "Heating", date(2026, 11, 1), date(2026, 11, 20))
    desk.do(commands.place, dispute)
    return made


def test_what_is_stopped_is_listed(office, home):
    (hold,) = office("holds", "--json").data["holds"]
    assert hold["account"] == "70 0001"
    assert hold["kind"] == "breathing_space"
    assert hold["stops"] == ["letters", "recovery", "arrears_collection", "refunds"]
    assert (hold["from"], hold["until"], hold["review"]) == ("2026-11-11", "2027-01-09", "2026-12-15")
    assert (hold["case"], hold["protected_pence"]) == ("BS-0001", 0)
    assert "Letters, recovery, collection of arrears and refunds" in office("holds").out
    assert len(office("holds", "--show", "all", "--json").data["holds"]) == 2
    assert office("holds", "--text", "nobody").out.strip() == "Nothing is on hold."


def test_an_end_is_noted_once_in_the_morning(office, home):
    first = office("tasks", "make", "--json").data["holds_ended"]
    assert first == [{"account": "70 0001", "kind": "dispute", "ended": "2026-11-20"}]
    assert office("tasks", "make", "--json").data["holds_ended"] == []
