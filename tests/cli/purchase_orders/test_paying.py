"""`rentbook orders pay`: said, asked for, and written once a second officer approved."""

import stat

from app.services.approvals import commands as approvals
from app.services.bacs.standard18.reading import read
from tests.services.purchase_orders.payments.conftest import made, paints
from tests.services.purchase_orders.payments.conftest import office as council

__all__ = ["council", "paints"]
PAY = ("orders", "pay", "--on", "2026-11-25", "--due-by", "2026-11-30", "--out")


def test_a_run_is_asked_for_approved_and_written(desk, council, paints, office, tmp_path):
    out = tmp_path / "suppliers.txt"
    said = office(*PAY, out, "--dry-run").out
    assert "In all: 1, £180.00, on 25 Nov 2026." in said
    assert "look at: Sample Paints Limited: The first payment to these bank details" in said
    asked = office(*PAY, out, "--json").data
    assert (asked["run"], asked["state"], asked["count"], asked["total_pence"]) == ("PR00001", "waiting", 1, 180_00)
    assert "waits for a second officer" in office(*PAY, out).out
    assert not out.exists()
    council.do(approvals.approve, [asked["request"]])
    written = office(*PAY, out, "--json").data
    assert (written["state"], written["file"]) == ("made", str(out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert read(out.read_bytes(), "123456").faults == ()


def test_nothing_due_is_a_sentence(desk, council, office, tmp_path):
    nothing = office(*PAY, tmp_path / "suppliers.txt")
    assert (nothing.code, "Nothing is to be paid" in nothing.err) == (1, True)


def test_of_two_runs_of_a_day_the_one_that_is_meant_is_said(desk, council, paints, office, tmp_path):
    for key, invoice_id in zip("ab", paints[1], strict=True):
        made(desk, council, key=key, invoice_ids=(invoice_id,))
    out = tmp_path / "suppliers.txt"
    which = office(*PAY, out)
    assert (which.code, "PR00001 (£120.00" in which.err, "PR00002 (£60.00" in which.err) == (1, True, True)
    assert not out.exists()
    written = office(*PAY, out, "--run", "pr00001", "--json").data
    assert (written["run"], written["total_pence"]) == ("PR00001", 120_00)
    assert "No run PR00007" in office(*PAY, out, "--run", "PR00007").err
