"""The time to answer on screen, valuables, what is due for deletion, and the categories."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.models.post_log import PostItem, PostPause
from app.models.post_valuables import PostValuable
from app.models.values import Money, Pausing, PostChannel, PostState, ValuableKind
from app.services.approvals.dto import View
from app.services.approvals.queries import queue
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.post_log import keeping
from app.services.post_log.dto import NewItem
from app.services.post_log.register import queries as register
from app.services.post_log.standards import queries
from app.views.post_log.controller import categories, clock, retention, valuables
from app.views.post_log.page import Offered, PostPage
from tests.views.desktop import wait


@pytest.fixture
def page(qtbot):
    made = PostPage(Offered())
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    return made


@pytest.fixture
def shown(qtbot):
    """Show the page of a section and wait for its list."""

    def show(office, controller):
        qtbot.addWidget(controller.page)
        controller.page.resize(1300, 800)
        controller.page.show()
        wait(qtbot, lambda: not office.tasks.busy)
        return controller.page

    return show


@pytest.fixture
def colleague(office):
    """An administrator and a team leader, so that the desk isn't alone."""
    office.desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    return office.desk.do(add, NewOfficer("second", "Test Second", frozenset({Role.TEAM_LEADER})))


def arrived(office, category="foi", received_on=date(2026, 11, 16)):
    def work(ctx):
        of = keeping.category(ctx, category)
        return keeping.log(ctx, NewItem(PostChannel.LETTER, "Made up", received_on=received_on, category_id=of.id))

    return office.desk.do(work)


def all_of(office, table):
    return office.desk.ask(lambda ctx: list(ctx.session.scalars(select(table))))


def act(page, does):
    next(action for action in page.actions() if action.text() == does).trigger()


def settled(office, qtbot, sheet_of):
    wait(qtbot, lambda: sheet_of.sheet is not None and not office.tasks.busy)
    return sheet_of.sheet


def test_a_clock_is_stopped_let_go_on_and_shown(office, page, qtbot):
    item_id = arrived(office)
    opened = clock.PauseController(office, page, (item_id,))
    sheet = settled(office, qtbot, opened)
    wait(qtbot, lambda: "none, until they say" in sheet.effects.text())
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    assert sheet.isVisible(), "the reason is missing"
    sheet.fields.fill({"reason": "Which years they mean", "from_on": date(2026, 11, 17), "tell": False})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and office.desk.ask(queries.clock, item_id).waiting is not None)
    (pause,) = all_of(office, PostPause)
    assert (pause.kind, pause.from_on) == (Pausing.CLARIFICATION, date(2026, 11, 17))
    goes_on = settled(office, qtbot, clock.ResumeController(office, page, (item_id,)))
    wait(qtbot, lambda: "Mon 21 Dec 2026" in goes_on.effects.text())
    goes_on.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and all_of(office, PostItem)[0].reply_by == date(2026, 12, 21))
    part = clock.ClockPartController(office)
    qtbot.addWidget(part.widget)
    part.show(item_id, office.desk.ask(register.detail, item_id))
    wait(qtbot, lambda: not office.tasks.busy)
    said = part.widget.text()
    assert "The time began anew on Sat 21 Nov 2026, when what we asked for came; 30 Nov is a holiday;" in said
    assert "working days of the whole United Kingdom" in said


def test_a_complaint_is_extended_and_never_stopped(office, page, qtbot):
    item_id = arrived(office, "complaint_2")
    stopped = clock.PauseController(office, page, (item_id,))
    wait(qtbot, lambda: "never stands still" in office.messages.text)
    assert stopped.sheet is None
    sheet = settled(office, qtbot, clock.ExtendController(office, page, (item_id,)))
    wait(qtbot, lambda: "They can't be written to. Nobody to write to" in sheet.effects.text())
    sheet.fields.fill({"by": 20, "reason": "The surveyor comes in January", "tell": False})
    wait(qtbot, lambda: "Ombudsman's contact details" in sheet.effects.text())
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and office.desk.ask(queries.clock, item_id).extend_left == 0)


def test_valuables_are_entered_one_after_the_other_and_paid_in_together(office, page, qtbot, shown, colleague):
    item_id = arrived(office, "payment")
    sheet = settled(office, qtbot, valuables.EnterController(office, page, (item_id,)))
    sheet.fields.fill({"amount": Money(10_000), "witness_id": colleague.id, "details": "Cheque 000123"})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and "R000001" in sheet.text())
    sheet.fields.fill({"kind": ValuableKind.CASH, "amount": Money(2_550)})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and "R000002" in sheet.text())
    sheet.close()
    controller = valuables.ValuablesController(office)
    section = shown(office, controller)
    section.table.selectAll()
    act(section, "Pay in")
    slip = controller.sheet
    slip.fields.fill({"reference": "PI-1", "total": Money(12_000)})
    slip.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    assert all(row.paid_in_on is None for row in all_of(office, PostValuable))
    slip.fields.fill({"total": Money(12_550)})
    slip.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and all(row.paid_in_on for row in all_of(office, PostValuable)))


def test_what_is_due_is_kept_or_asked_for(office, qtbot, shown, colleague):
    ids = [arrived(office, "other"), arrived(office, "other")]

    def close(ctx):
        for each in ctx.session.scalars(select(PostItem)):
            each.state, each.closed_at = PostState.CLOSED, datetime(2024, 1, 5, 12, tzinfo=UTC)

    office.desk.do(close)
    controller = retention.RetentionController(office)
    section = shown(office, controller)
    assert [row.due.item_id for row in section.model.rows] == ids
    section.table.go_to(0)
    act(section, "Keep for now")
    assert [row.left_out for row in section.model.rows] == [True, False]
    asked = controller._asked
    section.text.setText("nothing like it")
    wait(qtbot, lambda: not section.model.rows)
    section.text.clear()
    wait(qtbot, lambda: len(section.model.rows) == 2)
    assert controller._asked is asked, "what is typed finds in what is there"
    section.table.go_to(0)
    act(section, "Ask for deletion")
    controller.sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    second = Desk.sit_down(office.desk.database, "second", office.desk.clock)
    (asked,) = second.ask(queue, View.FOR_ME).rows
    assert asked.summary == "Delete the content of 1 item of post"


def test_a_category_is_kept_for_longer(office, qtbot, shown):
    controller = categories.CategoriesController(office)
    section = shown(office, controller)
    section.text.setText("foi")
    wait(qtbot, lambda: len(section.model.rows) == 1)
    act(section, "Change")
    controller.sheet.fields.fill({"months": "abc"})
    controller.sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    assert controller.sheet.isVisible()
    controller.sheet.fields.fill({"months": "48"})
    controller.sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    section.refresh_wanted.emit(None)
    wait(qtbot, lambda: not office.tasks.busy and section.model.rows[0].months == 48)
