"""The editor of letter templates: the page beside it, what is wrong by line, and saving."""

import pytest
from PySide6.QtCore import Qt

from app.services.letters.queries import templates
from app.services.workbench.drafts import store
from app.views.admin.controller.templates import TemplatesController
from tests.views.desktop import press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    admin = program.controllers["admin"]
    program.window.go_to(admin.page)
    admin.page.open_section("templates")
    page = admin.page.section()
    wait(qtbot, lambda: page.editing is not None)
    wait(qtbot, lambda: not program.tasks.busy and page.view._document is not None)
    return program, page


def typed(program, page, qtbot, text):
    page.body.set_value(text)
    page.preview_wanted.emit()
    wait(qtbot, lambda: not program.tasks.busy)


def test_the_page_stands_beside_what_is_typed(editor, qtbot):
    program, page = editor
    typed(program, page, qtbot, "Hello {{ account.reference }}")
    assert page._wrong.isHidden()
    assert page.view._document.pageCount() == 1
    assert page.changes.rowCount() > 2


def test_what_is_wrong_is_told_by_line(editor, qtbot):
    program, page = editor
    typed(program, page, qtbot, "Hello\n{{ account.refrence }}\n{{ xyz }}")
    assert page._wrong.text().splitlines() == [
        "Line 2: There is no field 'account.refrence'. Did you mean 'account.reference'?",
        "Line 3: There is no field 'xyz'.",
    ]
    typed(program, page, qtbot, "{% for i in (1..99999) %}{% for j in (1..99999) %}x{% endfor %}{% endfor %}")
    assert page._wrong.text().startswith("Line 1: This loop goes round too often.")
    typed(program, page, qtbot, "Hello\n{% if balance.owed %}\nx\ny")
    assert page._wrong.text().startswith("Line 2: Something that was begun is never ended: 'endif' is missing.")


def test_a_field_is_inserted_where_the_officer_writes(editor, qtbot):
    _program, page = editor
    page.body.set_value("")
    press(page.body, Qt.Key.Key_I, CTRL)
    assert page.fields.table.hasFocus()
    keys = [row.key for row in page.fields.model.rows]
    page.fields.table.go_to(keys.index("balance.amount"))
    press(page.fields.table, Qt.Key.Key_Return)
    assert page.wording().body == "{{ balance.amount }}"
    assert page.body.hasFocus()


def test_what_is_filled_in_stands_out(editor, qtbot):
    _program, page = editor
    page.body.set_value("# Title\nHello {{ account.reference }}")
    shown = page.body.document().lastBlock().layout().formats()
    assert [(each.start, each.length) for each in shown] == [(6, 23)]


def test_what_is_typed_is_there_again_after_a_look_at_another_template(editor, qtbot):
    program, page = editor
    typed(program, page, qtbot, "Not saved yet")
    page.reason.set_value("Plainer")
    first = page.editing.template.key
    page.table.go_to(1)
    wait(qtbot, lambda: page.editing.template.key != first and not program.tasks.busy)
    assert page.wording() == page.editing.template.wording
    page.table.go_to(0)
    wait(qtbot, lambda: page.editing.template.key == first and not program.tasks.busy)
    assert page.wording().body == "Not saved yet"
    assert page.reason.value() == "Plainer"
    assert "not saved yet" in page._said.text()


def test_with_one_officer_a_new_wording_says_how_to_add_another(editor, qtbot):
    program, page = editor
    typed(program, page, qtbot, "Hello {{ account.reference }}")
    page.reason.set_value("Shorter")
    press(program.window, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "takes two officers" in program.window.messages.text)
    assert page.wording().body == "Hello {{ account.reference }}"
    key = page.editing.template.key
    assert program.office.desk.ask(templates.editing, key).versions == ()


def reopened(program, qtbot):
    """The section as it is after a crash: another page over the same database."""
    page = TemplatesController(program.office).page
    qtbot.addWidget(page)
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: page.editing is not None and not program.tasks.busy and not program.office.drafts.busy)
    return page


def test_a_wording_half_written_outlives_a_crash_and_may_be_thrown_away(editor, qtbot):
    program, page = editor
    typed(program, page, qtbot, "Half a wording")
    page.reason.set_value("Plainer")
    wait(qtbot, lambda: not program.office.drafts.busy)
    (draft,) = program.office.desk.ask(store.mine)
    assert draft.title == f"Wording of {page.editing.template.title}"
    again = reopened(program, qtbot)
    assert (again.wording().body, again.reason.value()) == ("Half a wording", "Plainer")
    assert "not saved yet" in again._said.text()
    again.revert.trigger()
    assert again.wording() == again.editing.template.wording
    wait(qtbot, lambda: not program.office.drafts.busy and program.office.desk.ask(store.mine) == ())


def test_each_template_has_its_own_draft(editor, qtbot):
    program, page = editor
    typed(program, page, qtbot, "Half a wording")
    page.table.go_to(1)
    wait(qtbot, lambda: page.editing.template.key == page.model.rows[1].key and not program.tasks.busy)
    wait(qtbot, lambda: not program.office.drafts.busy)
    (draft,) = program.office.desk.ask(store.mine)
    assert draft.typed.fields["body"] == "Half a wording"
    typed(program, page, qtbot, "Another half")
    wait(qtbot, lambda: len(program.office.desk.ask(store.mine)) == 2)
