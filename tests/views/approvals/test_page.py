"""The Approvals page by keyboard: one key approves what is shown, and every decision says why."""

import pytest
from PySide6.QtCore import Qt

from app.models.officers import Team
from app.models.values import ApprovalState, Subject
from app.services.approvals import commands, keeping, kinds, queries
from app.services.approvals.dto import Decided, Detail, KindCount, NewRequest, Refusal, View
from app.services.approvals.kinds import ApprovalKind
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Permission, Role
from app.services.core.session import Desk
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.views.approvals.controller import ApprovalsController
from app.views.approvals.dialogs import ManySheet, RefusedSheet
from app.views.common.documents_sheets import ReasonSheet
from tests.services.documents.conftest import pdf
from tests.views.desktop import press, wait
from tests.views.walking import faults

CTRL = Qt.KeyboardModifier.ControlModifier


def rename(ctx, payload):
    if payload["name"] == "Forbidden":
        raise UserError("No team may be called Forbidden.")
    ctx.session.get(Team, payload["team"]).name = payload["name"]
    return Changes(frozenset({"admin"}))


def renaming(ctx, payload):
    return (Detail("Name", ctx.session.get(Team, payload["team"]).name, payload["name"]),)


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    kinds.register(ApprovalKind("test_name", "Name of a team", Permission.AUTHORISE_PERIOD_CHANGE, rename, renaming))


@pytest.fixture
def clerk(office):
    """A rents officer beside the first officer, who is then a team leader among others."""
    desk = office.desk
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("clerk", "Test Clerk", frozenset({Role.RENTS_OFFICER})))
    return Desk.sit_down(desk.database, "clerk", desk.clock)


@pytest.fixture
def ask(clerk):
    """Ask, as the clerk, for a team of its own to be renamed."""

    def asking(name, desk=clerk, evidence=False):
        def make(ctx):
            team = Team(name=f"Team to be {name}")
            ctx.session.add(team)
            ctx.session.flush()
            shown = ()
            if evidence:
                sha256 = documents.put(ctx, pdf("Minutes"), "application/pdf")
                shown = (documents.link(ctx, sha256, NewLink(Subject.TEAM, team.id, "note", "Minutes", "minutes.pdf")),)
            payload = {"team": team.id, "name": name}
            new = NewRequest("test_name", Subject.TEAM, team.id, f"Call it {name}", "It was agreed.", payload)
            from dataclasses import replace

            return keeping.ask(ctx, replace(new, evidence=shown))

        return desk.do(make)

    return asking


@pytest.fixture
def open_page(office, qtbot):
    def opening(width=1400):
        controller = ApprovalsController(office)
        page = controller.page
        qtbot.addWidget(page)
        office.bus.changed.connect(page.take_changes)
        page.resize(width, 800)
        page.show()
        page.activateWindow()
        page.table.setFocus()
        quiet(office, qtbot)
        return page

    return opening


def quiet(office, qtbot):
    for _ in range(3):
        wait(qtbot, lambda: not office.tasks.busy)
        qtbot.wait(5)


def state(office, request_id):
    return office.desk.ask(queries.request, request_id).row.state


def sheet(page, qtbot, kind):
    wait(qtbot, lambda: [each for each in page.findChildren(kind) if each.isVisible()])
    return page.findChildren(kind)[-1]


def test_an_item_is_approved_with_one_key(office, ask, open_page, qtbot):
    """The keystroke budget: Ctrl+Enter on the page that the tab opens with."""
    first, second = ask("Rents"), ask("Income")
    page = open_page()
    assert page.detail._title.text() == "Call it Rents"
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: state(office, first) is ApprovalState.APPROVED)
    quiet(office, qtbot)
    assert office.messages.text == "Approved and done: Call it Rents."
    assert page.detail._title.text() == "Call it Income"
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: state(office, second) is ApprovalState.APPROVED)
    quiet(office, qtbot)
    assert page.table._empty == "Nothing waits for your approval."


def test_what_it_changes_its_trail_and_its_evidence_stand_beside_it(office, ask, open_page, qtbot):
    ask("Rents", evidence=True)
    page = open_page()
    words = [label.text() for label in page.detail.changes.findChildren(type(page.detail._title)) if label.isVisible()]
    assert words == ["", "As it was when asked", "As it will be", "Name", "Team to be Rents", "Rents"]
    assert [(step.officer, step.action) for step in page.detail.steps.rows] == [("Test Clerk", "asked")]
    quiet(office, qtbot)
    assert [row.title for row in page.detail.evidence.model.rows] == ["Minutes"]
    assert page.detail.evidence.view._pdf is not None
    assert page.detail.evidence.attach.isHidden()
    assert page.detail.evidence.isVisible()
    assert page.detail.changes.isVisible()
    assert page.detail._evidence_head.text() == "1 document as evidence"


def test_where_there_is_no_evidence_the_page_says_so_and_offers_nothing(office, ask, open_page, qtbot):
    ask("Rents")
    page = open_page()
    quiet(office, qtbot)
    assert page.detail._evidence_head.text() == "No evidence is attached."
    assert page.detail.evidence.isHidden()
    state_column = [column.key for column in page.requests.columns].index("state")
    assert page.table.isColumnHidden(state_column)


def test_refusing_and_returning_want_a_reason(office, ask, open_page, qtbot, clerk):
    refused, returned = ask("Rents"), ask("Income")
    page = open_page()
    press(page, Qt.Key.Key_F7)
    asked = sheet(page, qtbot, ReasonSheet)
    asked.confirm_action.trigger()
    quiet(office, qtbot)
    assert asked.isVisible()
    asked.reason.setPlainText("Not in this office")
    asked.confirm_action.trigger()
    wait(qtbot, lambda: state(office, refused) is ApprovalState.REFUSED)
    quiet(office, qtbot)
    page.activateWindow()
    press(page, Qt.Key.Key_F9)
    asked = sheet(page, qtbot, ReasonSheet)
    asked.reason.setPlainText("A better name")
    asked.confirm_action.trigger()
    wait(qtbot, lambda: state(office, returned) is ApprovalState.RETURNED)
    quiet(office, qtbot)
    mine = clerk.ask(queries.queue, View.MINE).rows
    assert [row.decision for row in mine] == ["A better name", "Not in this office"]


def test_several_are_approved_after_a_look_and_those_that_fail_are_listed(office, ask, open_page, qtbot):
    good, bad = ask("Rents"), ask("Forbidden")
    page = open_page()
    page.table.selectAll()
    quiet(office, qtbot)
    assert page.detail._title.text() == "2 requests chosen"
    press(page, Qt.Key.Key_Return, CTRL)
    many = sheet(page, qtbot, ManySheet)
    many.confirm_action.trigger()
    listed = sheet(page, qtbot, RefusedSheet)
    assert (state(office, good), state(office, bad)) == (ApprovalState.APPROVED, ApprovalState.WAITING)
    listed.close()
    quiet(office, qtbot)


def test_what_cannot_be_done_stays_and_says_why(office, ask, open_page, qtbot):
    bad = ask("Forbidden")
    page = open_page()
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "No team may be called Forbidden" in office.messages.text)
    quiet(office, qtbot)
    assert state(office, bad) is ApprovalState.WAITING
    assert page.requests.rowCount() == 1


def test_ones_own_is_withdrawn_or_asked_again_and_never_approved(office, ask, open_page, qtbot):
    own = ask("Rents", office.desk)
    page = open_page()
    page.open_view(View.MINE)
    quiet(office, qtbot)
    offered = [key for key, action in page.actions_of.items() if action.isEnabled()]
    assert offered == ["ask_again", "withdraw"]
    assert "Nobody decides on what they asked for" in page.actions_of["approve"].toolTip()
    assert "Nobody decides on what they asked for" in page.detail._note.text()
    assert not page.detail.evidence.attach.isHidden()
    press(page, Qt.Key.Key_F9)
    again = sheet(page, qtbot, ReasonSheet)
    again.reason.setPlainText("It was agreed in writing.")
    again.confirm_action.trigger()
    wait(qtbot, lambda: not [each for each in page.findChildren(ReasonSheet) if each.isVisible()])
    quiet(office, qtbot)
    page.activateWindow()
    press(page, Qt.Key.Key_F7)
    wait(qtbot, lambda: state(office, own) is ApprovalState.WITHDRAWN)
    quiet(office, qtbot)


def test_one_that_is_overtaken_warns_and_offers_no_approval(office, ask, open_page, qtbot):
    asked = ask("Rents")
    office.desk.do(lambda ctx: setattr(ctx.session.query(Team).filter_by(name="Team to be Rents").one(), "name", "X"))
    page = open_page()
    assert "has changed since it was asked" in page.detail.warning.text
    assert not page.actions_of["approve"].isEnabled()
    assert page.actions_of["give_back"].isEnabled()
    assert state(office, asked) is ApprovalState.WAITING


def test_a_record_of_another_page_opens_in_its_part_of_the_queue(office, ask, open_page, qtbot):
    ask("Rents")
    own = ask("Income", office.desk)
    page = open_page()
    page.findChild(ApprovalsController).open_record(Subject.APPROVAL, own)
    quiet(office, qtbot)
    assert page.view is View.MINE
    assert page.detail._title.text() == "Call it Income"


def test_a_narrow_page_has_the_request_under_the_list_and_room_for_the_longest_kind(office, ask, open_page, qtbot):
    ask("Rents")
    page = open_page(900)
    assert page.splitter.orientation() is Qt.Orientation.Vertical
    page.kinds.show_rows([*page.kinds.rows, KindCount("bank", "Bank details of a supplier", 1, None)])
    (kinds := page.kinds_table).layout_of_columns.fit()
    assert page.fontMetrics().horizontalAdvance("Bank details of a supplier") < kinds.columnWidth(0) - 16
    assert kinds.columnWidth(0) + kinds.columnWidth(1) <= kinds.viewport().width()


def test_the_page_and_its_dialogs_can_be_heard_and_walked(office, ask, open_page, qtbot):
    ask("Rents", evidence=True)
    rows = office.desk.ask(queries.queue).rows
    page = open_page()
    quiet(office, qtbot)
    assert faults(page, page) == []
    refusal = Refusal(1, "Call it Rents", "No team may be called so.")
    for dialog in (ManySheet(page, rows), RefusedSheet(page, Decided((), (refusal,), Changes(frozenset())))):
        dialog.open()
        assert faults(dialog, page) == []
        dialog.close()


def test_what_was_decided_is_a_long_list_with_a_filter_and_its_request_beside_it(office, ask, open_page, qtbot):
    first, second = ask("First"), ask("Second")
    office.desk.do(commands.approve, [first])
    office.desk.do(commands.refuse, [second], "Not agreed.")
    page = open_page()
    page.open_view(View.DECIDED)
    wait(qtbot, lambda: page.decided.model.rowCount() == 2)
    page.decided.bar.look_for("First")
    wait(qtbot, lambda: page.detail._title.text() == "Call it First" and page.chosen())
    assert [(row.request_id, row.state) for row in page.chosen()] == [(first, ApprovalState.APPROVED)]
    assert not page.actions_of["approve"].isEnabled()
    page.decided.bar.look_for("nothing like it")
    wait(qtbot, lambda: not page.decided.model.rowCount())
    assert page.chosen() == []
    page.open_view(View.WAITING)
    wait(qtbot, lambda: page.table.isVisible() and not page.decided.isVisible())
    quiet(office, qtbot)


def test_what_was_decided_is_shown_again_the_second_time(office, ask, open_page, qtbot):
    office.desk.do(commands.approve, [ask("First")])
    page = open_page()
    for _ in range(2):
        page.open_view(View.DECIDED)
        wait(qtbot, lambda: page.detail._title.text() == "Call it First")
        page.open_view(View.WAITING)
        wait(qtbot, lambda: page.table.isVisible() and page.detail._title.text() != "Call it First")
    quiet(office, qtbot)


def test_what_was_returned_for_change_may_still_be_refused(office, ask, open_page, qtbot):
    office.desk.do(commands.return_for_change, [ask("Rents")], "Spell it out.")
    page = open_page()
    page.open_view(View.WAITING)
    quiet(office, qtbot)
    assert [key for key, action in page.actions_of.items() if action.isEnabled()] == ["refuse"]
