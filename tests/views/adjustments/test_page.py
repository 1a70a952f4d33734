"""The register and the card beside it; an account adjusted by F4 and a line of its ledger by Shift+F4, by keyboard."""

import pytest
from PySide6.QtCore import Qt

from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.refunds import Refund
from app.models.values import AdjustmentOrigin, AdjustmentState, LineFix, Money, Payee, RefundState, Subject
from app.services.adjustments import commands
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.register.dto import RegisterFilter, Stage, View, What
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Permission, Role
from app.services.core.session import Desk
from app.services.ledger.queries import ledger_page
from app.views.adjustments.back import BackSheet
from app.views.adjustments.controller.deciding import DecideController
from app.views.adjustments.entry import EntrySheet
from app.views.adjustments.fix import FixSheet
from app.views.adjustments.gate import GateSheet
from app.views.adjustments.refund import RefundSheet
from app.views.adjustments.works import OFFERED, About
from app.views.adjustments.write_off import WriteOffSheet
from tests.conftest import TODAY
from tests.factories import adjusting
from tests.views.desktop import open_tab, press, sheet_of, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def program(desktop_over_landlord):
    """The window of an officer who may adjust £500 a line alone."""
    desktop_over_landlord.office.desk.do(adjusting.limits)
    return desktop_over_landlord


@pytest.fixture
def on_account(program, accounts, qtbot):
    """The Accounts page with an account open."""
    open_tab(program, "rent")
    made = program.controllers["rent"]
    made.open_account(accounts["Testerton"])
    wait(qtbot, lambda: made.header is not None and not program.tasks.busy)
    return made


def balance(program, account_id):
    return program.office.desk.ask(ledger_page, account_id, None, None, None).carried_forward


def test_an_account_is_adjusted_by_f4_and_the_officer_is_back_on_it(program, on_account, accounts, qtbot):
    before = balance(program, accounts["Testerton"])
    press(program.window, Qt.Key.Key_F4)
    sheet = sheet_of(qtbot, EntrySheet)
    assert sheet.fields.values()["account_id"] == accounts["Testerton"]
    sheet.fields.fill({"kind": "credit", "amount": Money(2_500), "narrative": "Charged twice for a lock"})
    wait(qtbot, lambda: sheet.effects.effects)
    (told,) = [each for each in sheet.effects.effects if each.group == "Balances"]
    assert (told.before, told.after) == (before.dr_cr(), (before - Money(2_500)).dr_cr())
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: program.window.page() is on_account.page and not program.tasks.busy)
    assert balance(program, accounts["Testerton"]) == before - Money(2_500)
    assert on_account.page.account.ledger.lines.rows[0].what.endswith("Charged twice for a lock")


def test_the_same_again_asks_why_and_takes_the_reason(program, on_account, qtbot):
    for why in ("", "Two locks were changed"):
        press(program.window, Qt.Key.Key_F4)
        sheet = sheet_of(qtbot, EntrySheet)
        sheet.fields.fill({"kind": "credit", "amount": Money(2_500), "narrative": "A lock", "like_reason": why})
        wait(qtbot, lambda sheet=sheet: sheet.effects.effects)
        assert sheet.fields.isRowVisible(sheet.fields.labels["like_reason"]) is bool(why)
        press(sheet, Qt.Key.Key_S, CTRL)
        wait(qtbot, lambda: program.window.page() is on_account.page and not program.tasks.busy)
    likened = program.office.desk.do(lambda ctx: [row.like_reason for row in ctx.session.query(AdjustmentLine)])
    assert likened == ["", "Two locks were changed"]


def test_a_line_of_the_ledger_is_reversed_by_three_keys(program, on_account, accounts, qtbot):
    before = balance(program, accounts["Testerton"])
    table = on_account.page.account.ledger.table
    lines = on_account.page.account.ledger.lines.rows
    at = next(at for at, row in enumerate(lines) if row.line is not None)
    table.setFocus()
    table.go_to(at)
    press(program.window, Qt.Key.Key_F4, SHIFT)
    sheet = sheet_of(qtbot, FixSheet)
    press(sheet, Qt.Key.Key_R)
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: program.window.page() is on_account.page and not program.tasks.busy)
    assert balance(program, accounts["Testerton"]) == before - lines[at].line.amount
    made = program.office.desk.do(lambda ctx: [(row.origin) for row in ctx.session.query(Adjustment)])
    fixed = program.office.desk.do(
        lambda ctx: [(row.fix, row.fixed_journal, row.fixed_line) for row in ctx.session.query(AdjustmentLine)]
    )
    assert made == [AdjustmentOrigin.LEDGER_LINE]
    assert fixed == [(LineFix.REVERSE, lines[at].line.journal, lines[at].line.line)]


def test_the_card_says_what_was_done_and_takes_it_back(program, on_account, accounts, qtbot):
    press(program.window, Qt.Key.Key_F4)
    sheet = sheet_of(qtbot, EntrySheet)
    sheet.fields.fill({"kind": "debit", "amount": Money(1_250), "narrative": "Heating left out"})
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: program.window.page() is on_account.page and not program.tasks.busy)
    open_tab(program, "adjustments")
    page = program.controllers["adjustments"].page
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    wait(qtbot, lambda: any("12.50" in each.text() for each in page.list.foot.all))
    assert (page.detail.row.what, page.detail.row.stage) == (What.ADJUSTMENT, Stage.DONE)
    assert [part.amount for part in page.card.lines.rows] == [Money(1_250)]
    offered = {work.title for work, action in page.works.items() if action.isEnabled() and work.about is About.ONE}
    assert "Reverse" in offered
    assert not {"Post", "Withdraw"} & offered
    press(program.window, Qt.Key.Key_R, CTRL | SHIFT)
    back = sheet_of(qtbot, BackSheet)
    press(back, Qt.Key.Key_Return, CTRL)
    assert back.fields.error_of("reason") == "Say why."
    back.fields.fill({"reason": "Charged already"})
    press(back, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.detail.row.stage is Stage.BACK and not program.tasks.busy)
    assert [step.what for step in page.card.history.rows] == ["Asked for", "Posted", "Reversed"]
    assert program.office.desk.do(lambda ctx: ctx.session.query(Adjustment).one().state) is AdjustmentState.REVERSED


def test_each_of_the_four_opens_from_elsewhere_and_a_filter_lists_them(program, accounts, qtbot):
    desk = program.office.desk
    refund = desk.do(adjusting.refund, accounts["Testerton"])
    desk.do(adjusting.write_off, accounts["Testerton"])
    program.office.open_record(Subject.REFUND, refund)
    page = program.controllers["adjustments"].page
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    assert page.detail.row.what is What.REFUND
    page.card.parts.open_drawer("notes")
    wait(qtbot, lambda: not program.tasks.busy)
    program.office.show_only("adjustments", RegisterFilter(view=View.MINE, whats=frozenset({What.WRITE_OFF})))
    wait(qtbot, lambda: page.detail.row.what is What.WRITE_OFF and not program.tasks.busy)
    assert page.list.model.rowCount() == 1


def test_a_refund_and_a_write_off_begin_on_the_account_and_end_there(program, on_account, accounts, qtbot):
    press(program.window, Qt.Key.Key_F4, CTRL | SHIFT)
    wait(qtbot, lambda: "isn't in credit" in program.office.messages.text and not program.tasks.busy)
    assert program.window.page() is on_account.page

    press(program.window, Qt.Key.Key_W, CTRL | SHIFT)
    sheet = sheet_of(qtbot, WriteOffSheet)
    assert sheet.fields.values()["account_id"] == accounts["Testerton"]
    press(sheet, Qt.Key.Key_Escape)
    wait(qtbot, lambda: program.window.page() is on_account.page and not program.tasks.busy)

    program.office.open_record(Subject.ACCOUNT, accounts["Specimen"])
    wait(qtbot, lambda: on_account.header.account_id == accounts["Specimen"] and not program.tasks.busy)
    press(program.window, Qt.Key.Key_F4, CTRL | SHIFT)
    sheet = sheet_of(qtbot, RefundSheet)
    assert sheet.fields.values()["amount"] == Money(60_00)
    sheet.fields.fill({"reason": "Moving away"})
    press(sheet, Qt.Key.Key_S, CTRL)
    gate = sheet_of(qtbot, GateSheet)
    assert (gate.found.account_id, program.window.page()) == (accounts["Specimen"], on_account.page)
    gate.done(0)


def test_what_is_somebody_elses_to_do_is_not_offered_and_the_card_says_why(program, accounts, qtbot):
    desk = program.office.desk
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    leader = Desk.sit_down(desk.database, "leader", desk.clock)
    new = NewLine(accounts["Testerton"], "credit", Money(-25_00), TODAY, "wrong_charge", "Charged twice for a lock")
    leader.do(commands.enter, NewAdjustment("leader's", "Charged twice for a lock", (new,)))
    open_tab(program, "adjustments")
    page = program.controllers["adjustments"].page
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    offered = {work.title for work, action in page.works.items() if action.isEnabled() and work.about is About.ONE}
    assert not offered
    assert page.card._why_not.text() == "You may not approve adjustments and recharges."

    DecideController(program.office, page, ())
    approvals = program.controllers["approvals"].page
    wait(qtbot, lambda: program.window.page() is approvals and not program.tasks.busy)


def test_a_refund_that_came_back_is_begun_again_in_the_register(program, accounts, qtbot):
    """By whoever may ask for refunds: the page Payments is for those who pay them."""
    asks = OFFERED.to(frozenset({Permission.ASK_REFUNDS}))
    assert "payments" not in {section.key for section in asks.sections}
    assert "Refund it again" in {work.title for work in asks.works}

    def returned(ctx):
        row = ctx.session.get_one(Refund, adjusting.refund(ctx, accounts["Specimen"]))
        row.number, row.state, row.returned_why = 9, RefundState.RETURNED, "The account is closed"
        ctx.session.flush()
        row.payee, row.payee_address = Payee.OTHER, "1 Sample Street"
        return row.id

    program.office.open_record(Subject.REFUND, program.office.desk.do(returned))
    page = program.controllers["adjustments"].page
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    press(program.window, Qt.Key.Key_A, CTRL | SHIFT)
    gate = sheet_of(qtbot, GateSheet)
    assert (gate.found.amount, gate.found.reason) == (Money(25_00), "Refund 9 came back: The account is closed")
    gate.done(0)
