"""The register of bulk changes: rehearsed by a rule from the keyboard, noticed, applied, given up."""

from datetime import date

import pytest

from app.models.policy import PolicyValue
from app.models.values import ChargeChangeState, Money
from app.views.common.fields_ticks import TicksField
from app.views.rent.changes.sheets import ApplySheet, FileSheet, NoticeSheet, RuleSheet
from app.views.rent.controller.bulk_changes import ChangesController
from tests.views.desktop import answer_file, wait


@pytest.fixture
def register(office, qtbot):
    """The register over the small landlord: rents of 100.00 and 80.00; no second officer is asked."""
    policy = PolicyValue(
        key="charges.bulk_change_needs_second_person", effective_from=date(2020, 1, 1), value="no", unit="yes or no"
    )
    office.desk.do(lambda ctx: ctx.session.add(policy))
    made = ChangesController(office)
    qtbot.addWidget(made.page)
    office.bus.changed.connect(made.page.take_changes)
    made.page.show()
    return made


def sheet(page, kind, qtbot):
    wait(qtbot, lambda: page.findChild(kind) is not None and page.findChild(kind).isVisible())
    return page.findChild(kind)


def rehearse(register, qtbot, by="4.8"):
    page = register.page
    page.rule_wanted.emit()
    made = sheet(page, RuleSheet, qtbot)
    codes = made.fields.field("codes")
    assert isinstance(codes, TicksField)
    assert codes.item(0).text() == "Rent"
    made.fields.fill({"name": "Rent review", "codes": ("Rent",)})
    made.fields.retype({"by": by, "effective_on": "5/4/2027"})
    made.confirmed.emit()
    return made


def test_a_rule_is_rehearsed_and_its_difference_list_shown(register, qtbot):
    page = register.page
    assert "No bulk change" in page._said.text()
    rehearse(register, qtbot)
    wait(qtbot, lambda: page.findChild(RuleSheet) is None)
    wait(qtbot, lambda: page.detail is not None)
    # 100.00 and 80.00 x 1.048 = 104.80 and 83.84.
    assert [(row.before, row.after) for row in page.lines.held()] == [
        (Money(100_00), Money(104_80)),
        (Money(80_00), Money(83_84)),
    ]
    assert page._title.text() == "Rent review"
    assert "Give notice next: 2 accounts become dearer. Post it by 4 Mar 2027." in page._notices.text()


def test_a_figure_that_is_none_stays_beside_its_field(register, qtbot):
    made = rehearse(register, qtbot, by="lots")
    assert "is not a figure" in made.fields.error_of("by")
    made.done(0)


def test_noticed_then_applied(register, qtbot):
    page = register.page
    rehearse(register, qtbot)
    wait(qtbot, lambda: page.findChild(RuleSheet) is None)
    wait(qtbot, lambda: page.detail is not None)
    page.notice_wanted.emit(page.detail)
    asked = sheet(page, NoticeSheet, qtbot)
    asked.confirmed.emit()
    assert "stands in every letter" in asked.fields.error_of("why")
    asked.fields.fill({"why": "Rents rise by 4.8%."})
    asked.confirmed.emit()
    wait(qtbot, lambda: "2 rent notices in Letters" in register._office.messages.text)
    wait(qtbot, lambda: page.detail.row.state is ChargeChangeState.NOTICED)
    page.apply_wanted.emit(page.detail)
    last = sheet(page, ApplySheet, qtbot)
    assert "2 charges of 2 accounts" in last.explained
    last.confirmed.emit()
    wait(qtbot, lambda: "2 charges changed." in register._office.messages.text)
    wait(qtbot, lambda: page.detail.row.state is ChargeChangeState.APPLIED)
    assert not page._apply.isEnabled()


def test_given_up(register, qtbot):
    page = register.page
    rehearse(register, qtbot)
    wait(qtbot, lambda: page.findChild(RuleSheet) is None)
    wait(qtbot, lambda: page.detail is not None)
    page.cancel_wanted.emit(page.detail)
    wait(qtbot, lambda: "is given up" in register._office.messages.text)


def keys(page):
    return {key.keys for key in page.keys}


def test_its_keys_are_told(register):
    assert {"Ctrl+R", "Ctrl+Shift+R", "F9", "Ctrl+Shift+X", "Ctrl+Return"} <= keys(register.page)


def test_the_next_step_is_the_primary_button(register, qtbot):
    page = register.page
    rehearse(register, qtbot)
    wait(qtbot, lambda: page.detail is not None)
    assert (page._notice_button.property("role"), page._apply_button.property("role")) == ("primary", "")


def test_an_export_has_the_whole_difference_list(register, qtbot):
    page = register.page
    rehearse(register, qtbot)
    wait(qtbot, lambda: page.detail is not None)
    page.show_detail(page.detail, page.lines.held()[:1], page.differences.every)
    assert "The 1 dearest of 2 are listed" in page._more.text()
    listing = page.differences.listing()
    assert listing.count == 2
    rows = []
    register._office.ask(page, lambda ctx: list(listing.rows(ctx)), then=rows.extend)
    wait(qtbot, lambda: len(rows) == 2)


def test_a_spreadsheet_is_chosen_read_and_rehearsed(register, qtbot, tmp_path):
    page = register.page
    path = tmp_path / "Rents 2027.csv"
    path.write_text("reference,code,weekly\n0012 4471 03,DBR,104.80\n", "utf-8")
    page.sheet_wanted.emit()
    answer_file(qtbot, page, path)
    made = sheet(page, FileSheet, qtbot)
    assert made.fields.values() == {"name": "Rents 2027", "effective_on": date(2027, 4, 5)}
    made.confirmed.emit()
    wait(qtbot, lambda: page.detail is not None)
    assert [(row.reference, row.after) for row in page.lines.held()] == [("0012 4471 03", Money(104_80))]


def test_a_wrong_row_is_said_in_the_sheet_and_nothing_is_kept(register, qtbot, tmp_path):
    page = register.page
    path = tmp_path / "wrong.csv"
    path.write_text("reference,code,weekly\n9999,DBR,104.80\n", "utf-8")
    page.sheet_wanted.emit()
    answer_file(qtbot, page, path)
    made = sheet(page, FileSheet, qtbot)
    made.confirmed.emit()
    wait(qtbot, lambda: "Row 2: There is no tenancy of 9999" in made.messages.text)
    assert page.changes.rowCount() == 0
    made.done(0)
