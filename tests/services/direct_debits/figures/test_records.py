"""The file of a run before it is asked for, held against the file that is made; and the calendar it is asked from."""

from datetime import date

from app.models.values import Money
from app.services.direct_debits.figures import days, preview
from app.services.direct_debits.figures.dto import Sum
from app.services.direct_debits.figures.records import MASK
from app.services.direct_debits.runs import commands
from app.services.direct_debits.runs.dto import RunQuestion
from tests.services.direct_debits.runs.conftest import COLLECT, PROCESSING, council, made, three

__all__ = ["council", "three"]


def test_what_is_shown_is_the_file_with_digits_masked_but_the_last_two(desk, colleague, three, tmp_path):
    """£50.00, £60.00 and £70.00: three records between four labels and the contra, EOF1, EOF2 and UTL1."""
    shown = desk.ask(preview.look, RunQuestion(COLLECT, PROCESSING)).records
    path = tmp_path / "file.txt"
    run_id = made(desk, colleague)
    desk.do(commands.save_as, run_id, str(path))
    assert desk.ask(preview.of_run, run_id) == shown
    written = path.read_text("ascii").splitlines()
    assert [each.number for each in shown] == list(range(1, 12))
    assert [each.place for each in shown if each.place] == [1, 2, 3]
    for record, line in zip(shown, written, strict=True):
        assert len(record.text) == len(line)
        assert all(ours in {MASK, theirs} for ours, theirs in zip(record.text, line, strict=True))
    data = shown[4].text
    assert (data[:12], data[12:14], data[17:29]) == (MASK * 12, "58", MASK * 12)
    assert data[35:46] == "00000006000"  # the first collection of its mandate goes first: positions 36 to 46
    assert shown[0].text[4:10] == MASK * 6
    assert shown[7].words.startswith("Contra")


def test_where_no_file_can_be_made_what_would_go_is_still_shown(desk, three, council):
    council(user_name="not set")
    found = desk.ask(preview.look, RunQuestion(COLLECT, PROCESSING))
    assert (found.preview.count, found.records) == (3, ())
    assert "isn't set" in found.no_file


def test_each_day_says_when_its_file_is_sent_when_money_moves_and_what_is_planned(desk, three):
    """Saturday 21 November 2026: Tuesday's file is sent on Monday; Christmas Day is a Friday, Boxing Day moves to Monday 28."""
    found = {each.on: each for each in desk.ask(days.days)}
    assert min(found) == date(2026, 11, 16)
    assert len(found) == 70
    tuesday = found[PROCESSING]
    assert (tuesday.submit_on, tuesday.entry_on, tuesday.why_not) == (date(2026, 11, 23), date(2026, 11, 25), "")
    assert tuesday.planned == Sum(3, Money(18_000))
    assert found[date(2026, 11, 23)].why_not == "Too late to send"
    assert found[date(2026, 11, 22)].why_not == "Sunday"
    assert found[date(2026, 12, 25)].why_not == "Christmas Day"
    before = found[date(2026, 12, 24)]
    assert (before.submit_on, before.entry_on) == (date(2026, 12, 23), date(2026, 12, 29))
