"""`rentbook credits`: £130.00 since 2 November, of which a week of £100.00 stays."""

from datetime import date

from app.models.values import JournalKind
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings


def test_the_credits_are_listed_with_their_ages(desk, office):
    assert office("credits").out.strip() == "No account is in credit."
    home = desk.do(lettings.letting, reference="70 0001")
    header = JournalHeader(JournalKind.RECEIPTS, date(2026, 11, 2), "test", "one")
    desk.do(ledger.post, header, [Line(home.account.id, "RBP", -130_00, date(2026, 11, 2))])
    found = office("credits", "--json").data
    assert found["total_pence"] == 130_00
    (credit,) = found["credits"]
    assert (credit["account"], credit["since"], credit["days"], credit["cause"]) == (
        "70 0001",
        "2026-11-02",
        19,
        "overpaid",
    )
    assert (credit["kept_pence"], credit["refundable_pence"], credit["refund"]) == (100_00, 30_00, None)
    assert found["ages"][0] == {"age": "Up to 4 weeks", "count": 1, "pence": 130_00}
    assert (credit["attempts"], credit["tried"]) == (0, "")
    assert "To refund" in office("credits").out
    assert office("credits", "--show", "former").out.strip() == "No account is in credit."
