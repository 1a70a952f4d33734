"""Ctrl+K: records and commands in one list, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from app.models.values import Subject
from app.views.shell.palette_item import Item
from app.views.shell.palette_list import ItemsList
from app.views.shell.seeking import arranged, matching
from tests.views.desktop import open_tab, press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier
BUDGET = 4
"""Keys to find an account, beside the text."""


@pytest.fixture
def palette(desktop_over_landlord):
    program = desktop_over_landlord
    press(program.window, Qt.Key.Key_K, CTRL)
    return program.window.palette_of_all


def titles(palette) -> list[str]:
    return [item.title for item in palette.list.lines.items if item.act]


def looked_for(program, palette, qtbot, text: str) -> list[str]:
    palette.field.setText(text)
    wait(qtbot, lambda: palette._answered == text and not program.tasks.busy)
    return titles(palette)


def test_an_account_is_found_in_four_keys_and_the_text(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    keys = [(Qt.Key.Key_K, CTRL), (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)]
    press(program.window, *keys[0])
    type_text(program.window, "specim")
    press(program.window, *keys[1])
    accounts = program.controllers["rent"]
    wait(qtbot, lambda: accounts.header and accounts.header.name == "Mx Sam Specimen")
    assert program.window.page() is accounts.page
    assert len(keys) + sum(1 for _, held in keys if held is CTRL) <= BUDGET
    assert program.window.palette_of_all.isHidden()


def test_people_addresses_and_accounts_stand_in_their_groups(desktop_over_landlord, palette, qtbot):
    found = looked_for(desktop_over_landlord, palette, qtbot, "testerton")
    assert found.count("Mx Maria Testerton") >= 2
    headings = [item.title for item in palette.list.lines.items if item.act is None]
    assert headings[:2] == ["Accounts", "People"]
    amounts = {item.side for item in palette.list.lines.items if item.side}
    assert "£150.00 DR" in amounts


def test_a_reference_with_two_digits_swapped_is_found(desktop_over_landlord, palette, qtbot):
    looked_for(desktop_over_landlord, palette, qtbot, "0012 4417 03")
    headings = [item.title for item in palette.list.lines.items if item.act is None]
    assert "Did you mean" in headings


def test_the_arrows_pass_over_headings_and_go_round(desktop_over_landlord, palette, qtbot):
    program = desktop_over_landlord
    looked_for(program, palette, qtbot, "testerton")
    count = len(titles(palette))
    seen = [palette.list.item().spoken]
    for _ in range(count):
        press(program.window, Qt.Key.Key_Down)
        seen.append(palette.list.item().spoken)
    assert seen[0] == seen[-1]
    assert len(set(seen)) == count
    press(program.window, Qt.Key.Key_Up)
    assert palette.list.item().spoken == seen[-2]
    assert palette.field.hasFocus()
    assert palette.field.accessibleDescription().startswith(f"{count} of {count}: ")


def test_a_command_is_found_and_given(desktop_over_landlord, palette, qtbot):
    program = desktop_over_landlord
    assert looked_for(program, palette, qtbot, "go to state") == ["Go to Statements"]
    press(program.window, Qt.Key.Key_Return)
    assert program.window.page().windowTitle() == "Statements"
    wait(qtbot, lambda: not program.tasks.busy)


def test_the_commands_of_a_page_come_with_their_keys_from_every_page(desktop_over_landlord, palette, qtbot):
    program = desktop_over_landlord
    looked_for(program, palette, qtbot, "explain")
    explain = next(item for item in palette.list.lines.items if item.title == "Explain (Accounts)")
    assert explain.side == "F8"
    press(program.window, Qt.Key.Key_Escape)
    open_tab(program, "admin")
    wait(qtbot, lambda: not program.tasks.busy)
    press(program.window, Qt.Key.Key_K, CTRL)
    wait(qtbot, lambda: palette._answered == "")  # not the answer of the first time
    looked_for(program, palette, qtbot, "explain")
    press(program.window, Qt.Key.Key_Return)
    assert program.window.page() is program.controllers["rent"].page
    wait(qtbot, lambda: not program.tasks.busy)


def test_what_was_opened_lately_is_offered_when_nothing_is_typed(desktop_over_landlord, accounts, qtbot):
    program = desktop_over_landlord
    program.open_record(Subject.ACCOUNT, accounts["Specimen"])
    program.open_record(Subject.ACCOUNT, accounts["garage"])
    wait(qtbot, lambda: not program.tasks.busy)
    press(program.window, Qt.Key.Key_K, CTRL)
    palette = program.window.palette_of_all
    wait(qtbot, lambda: palette._answered == "" and palette.list.lines.items and not program.tasks.busy)
    assert palette.list.lines.items[0].title == "Opened lately"
    assert "0071 0033 12" in palette.list.lines.items[1].detail
    kept = program.office.memory.read("opened")
    assert "Specimen" not in kept


def test_esc_closes_and_the_focus_goes_back(desktop_over_landlord):
    program = desktop_over_landlord
    page = program.window.page()
    page.account.ledger.table.setFocus()
    press(program.window, Qt.Key.Key_K, CTRL)
    press(program.window, Qt.Key.Key_Escape)
    assert program.window.palette_of_all.isHidden()
    assert page.account.ledger.table.hasFocus()


def test_nothing_found_says_so_and_a_late_answer_is_dropped(desktop_over_landlord, palette, qtbot):
    program = desktop_over_landlord
    assert looked_for(program, palette, qtbot, "nobody of that name") == []
    assert "Nothing is found" in palette.words.text()
    palette.show_items("something asked before", [Item("Late", act=list)])
    assert titles(palette) == []


def test_ten_megabytes_pasted_into_the_field_are_cut(desktop_over_landlord, palette, qtbot):
    palette.field.setText("x" * 10_000_000)
    assert len(palette.field.text()) == 200
    wait(qtbot, lambda: not desktop_over_landlord.tasks.busy)


def test_commands_match_the_beginnings_of_their_words():
    items = [Item("Rehearse (Weekly charge)"), Item("Go to Weekly charge"), Item("Colours: Dark")]
    assert [item.title for item in matching(iter(items), "week reh")] == ["Rehearse (Weekly charge)"]
    assert [item.title for item in matching(iter(items), "dar")] == ["Colours: Dark"]
    assert len(list(matching(iter(items), ""))) == 3


def test_who_types_the_name_of_a_page_or_command_finds_that_before_every_record():
    records = [Item("Tasks"), Item("Suspense of the week looked at", act=list)]
    commands = [
        Item("Known payers (Suspense)"),
        Item("Reception: Suspense"),
        Item("Go to Post"),
        Item("Split (Suspense)"),
    ]
    found = [item.title for item in arranged(records, commands, "Suspense ")]
    assert found[:4] == ["Commands", "Reception: Suspense", "Tasks", "Suspense of the week looked at"]
    assert found[4:] == ["More commands", "Known payers (Suspense)", "Go to Post", "Split (Suspense)"]
    for name, first in (("known payers", "Known payers (Suspense)"), ("post", "Go to Post"), ("susp", "Tasks")):
        shown = arranged(records, commands, name)
        assert next(item.title for item in shown if item.title != "Commands") == first


def test_page_keys_stop_at_the_ends(qtbot):
    shown = ItemsList()
    qtbot.addWidget(shown)
    shown.show_items([Item("Heading"), *(Item(str(n), act=list) for n in range(10))])
    shown.step(6)
    assert shown.item().title == "6"
    shown.step(6)
    assert shown.item().title == "9"
    shown.step(-6)
    shown.step(-6)
    assert shown.item().title == "0"
