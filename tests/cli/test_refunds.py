"""`rentbook refunds file`: a cheque of £50.00 is posted with the list that it is on, once."""

from app.models.values import RefundMethod
from tests.services.adjustments.conftest import balance, home, team
from tests.services.adjustments.payments.conftest import approved
from tests.services.adjustments.refunds.conftest import credited


def test_cheques_are_sent_once_and_written_again(desk, colleague, credited, office, tmp_path):
    out = tmp_path / "cheques.csv"
    cheques = ("refunds", "file", "--method", "cheque", "--date", "2026-11-24", "--out")
    assert "No approved refund waits" in office(*cheques, out).err
    approved(desk, colleague, credited, "50.00", "one", RefundMethod.CHEQUE)
    missing = office(*cheques, tmp_path / "none" / "cheques.csv")
    assert (missing.code, balance(desk, credited)) == (1, -220_00)
    found = office(*cheques, out, "--json").data
    assert (found["count"], found["total_pence"], found["left_out"]) == (1, 50_00, [])
    assert "1 Sample Close,50.00" in out.read_text(encoding="utf-8-sig")
    assert (tmp_path / "cheques.request.pdf").read_bytes().startswith(b"%PDF")
    assert balance(desk, credited) == -170_00
    assert "is there already" in office(*cheques, out).err
    again = tmp_path / "again.csv"
    assert office("refunds", "file", "--again", str(found["payment"]), "--out", again).code == 0
    assert again.read_bytes() == out.read_bytes()
    assert office("refunds", "file", "--out", again).code == 2


__all__ = ["credited", "home", "team"]
