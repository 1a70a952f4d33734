"""`rentbook dd lodge`, `collect` and `post`: asked for, written once approved, posted on the entry day."""

import stat

from app.services.approvals import commands as approvals
from app.services.bacs.standard18.reading import read
from app.services.core.clock import FixedClock
from app.services.direct_debits.runs import keeping
from tests.services.direct_debits.runs.conftest import ENTRY, council, three  # noqa: F401  fixtures

COLLECT = ("dd", "collect", "--on", "2026-11-24", "--out")


def test_a_run_is_asked_for_approved_written_and_posted(desk, colleague, three, office, tmp_path, monkeypatch):  # noqa: F811
    out = tmp_path / "collections.txt"
    asked = office(*COLLECT, out, "--json").data
    assert (asked["run"], asked["state"], asked["count"], asked["total_pence"]) == (1, "waiting", 3, 180_00)
    assert asked["codes"] == [
        {"code": "01", "count": 1, "total_pence": 60_00},
        {"code": "17", "count": 2, "total_pence": 120_00},
    ]
    assert "waits for a second officer" in office(*COLLECT, out).out
    assert not out.exists()
    colleague.do(approvals.approve, [asked["request"]])
    written = office(*COLLECT, out, "--json").data
    assert (written["serial"], written["file"]) == (1, str(out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert read(out.read_bytes(), "123456").faults == ()
    desk.do(keeping.matched, 1, "Input report")
    assert "still to come" in office("dd", "post", "--on", "2026-11-25").err
    monkeypatch.setattr("app.cli.frame.SystemClock", lambda: FixedClock(ENTRY))
    posted = office("dd", "post", "--on", "2026-11-25", "--json").data
    assert posted["posted"] == [{"run": 1, "entry_on": "2026-11-25", "journal": 1, "count": 3, "total_pence": 180_00}]
    assert office("dd", "post", "--on", "2026-11-25", "--json").data["posted"] == []


def test_a_preview_asks_for_nothing_and_a_wrong_day_is_a_sentence(desk, colleague, three, office, tmp_path):  # noqa: F811
    out = tmp_path / "collections.txt"
    shown = office(*COLLECT, out, "--preview").out
    assert "In all: 3, £180.00." in shown
    assert "Send by 23 Nov 2026, processed on 24 Nov 2026, entered on 25 Nov 2026: 3, £180.00." in shown
    assert office(*COLLECT, out, "--preview", "--json").data["state"] == "preview"
    refused = office("dd", "collect", "--on", "2026-12-25", "--out", out)
    assert (refused.code, "Christmas Day" in refused.err) == (1, True)
    nothing = office("dd", "lodge", "--on", "2026-11-24", "--out", out)
    assert (nothing.code, "Nothing can go on that day" in nothing.err) == (1, True)
