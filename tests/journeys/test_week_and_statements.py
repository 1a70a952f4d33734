"""A week is rehearsed and charged; a quarter's statements are rehearsed, made, and reprinted as they were sent."""

from datetime import date

from PySide6.QtCore import Qt

from app.views.charges.dialogs import PostSheet
from tests.views.desktop import answer_file, open_tab, press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_week_is_rehearsed_then_posted_once(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = program.controllers["charges"].page
    open_tab(program, "charges")
    wait(qtbot, lambda: page.codes.rows and not program.tasks.busy)
    assert page.week.date().toPython() == date(2026, 11, 16)
    assert {total.code: total.amount.pence for total in page.codes.rows} == {"DBR": 18_000}
    assert page.weeks.rows == ()
    press(program.window, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.findChild(PostSheet) is not None)
    press(page.findChild(PostSheet), Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.weeks.rows and not program.tasks.busy)
    assert [week.week for week in page.weeks.rows] == [date(2026, 11, 16)]
    assert "Charged the week of 16 Nov 2026: 2 lines posted." in program.window.messages.text
    assert not page._post.isEnabled()


def test_statements_are_rehearsed_made_and_reprinted(desktop_over_landlord, qtbot, tmp_path):
    program = desktop_over_landlord
    page = program.controllers["statements"].page
    open_tab(program, "statements")
    wait(qtbot, lambda: not program.tasks.busy)
    page.request.quarter.setCurrentIndex(0)
    press(program.window, Qt.Key.Key_R, CTRL)
    wait(qtbot, lambda: page.groups.rows and not program.tasks.busy)
    sent = sum(count for _, _, count in page.groups.rows)
    assert sent
    page.request.set_folder(str(tmp_path / "out"))
    press(program.window, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "made" in program.window.messages.text and not program.tasks.busy)
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir() if path.is_file())
    (run,) = page.runs.rows
    assert run.sent == sent
    wait(qtbot, lambda: page.items.rows)
    place = next(at for at, item in enumerate(page.items.rows) if item.sent)
    reprints = []
    for name in ("first.pdf", "second.pdf"):
        page.items_table.go_to(place)
        page.reprint.click()
        answer_file(qtbot, program.window, tmp_path / name)
        wait(qtbot, (tmp_path / name).is_file)
        wait(qtbot, lambda: not program.tasks.busy)
        reprints.append((tmp_path / name).read_bytes())
    assert reprints[0] == reprints[1]


def test_the_same_run_is_not_made_twice_by_mistake(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = program.controllers["statements"].page
    open_tab(program, "statements")
    page.request.quarter.setCurrentIndex(0)
    for _ in range(2):
        press(program.window, Qt.Key.Key_Return, CTRL)
        wait(qtbot, lambda: program.window.messages.text and not program.tasks.busy)
        words = program.window.messages.text
        program.window.messages.clear()
    assert "made before" in words
