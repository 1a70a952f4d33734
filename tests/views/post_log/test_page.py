"""The register and the item beside it: what is offered when, the views, the account's own list, the reports."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.values import PostChannel, PostState, Subject
from app.services.core.session import Desk
from app.services.letters.commands import queue
from app.services.letters.dto import NewLetter
from app.services.post_log import keeping
from app.services.post_log.answering.commands import links
from app.services.post_log.answering.dto import NewLink
from app.services.post_log.dto import Holder, NewItem
from app.services.post_log.register.dto import RegisterFilter, View
from app.services.workbench.presence import Record, beat
from app.views.common.begin_work import BeginWork
from app.views.common.letter_sheet import LetterSheet
from app.views.post_log.controller.giving import GiveController
from app.views.post_log.controller.reports import ReportsController
from app.views.post_log.entry import EntrySheet
from app.views.post_log.works import WORKS, About
from app.views.rent.contacts import ContactSheet
from app.views.rent.dialogs import StatementSheet
from tests.factories import debits
from tests.views.desktop import open_tab, press, sheet_of, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def arrive(desktop_over_landlord, accounts):
    """Log something; `ours` is the account that it is about."""

    def make(subject="A question", ours="", **more):
        def work(ctx):
            values = {
                "sender": "Maria Testerton",
                "holder": Holder(),
                "received_at": datetime(2026, 11, 20, tzinfo=UTC),
            }
            new = NewItem(
                PostChannel.LETTER,
                subject,
                category_id=keeping.category(ctx, "general").id,
                account_id=accounts.get(ours),
                **values | more,
            )
            return keeping.log(ctx, new)

        return desktop_over_landlord.office.desk.do(work)

    return make


@pytest.fixture
def controller(desktop_over_landlord, qtbot):
    """Open the tab when it has what is to be seen."""

    def make():
        program = desktop_over_landlord
        open_tab(program, "post_log")
        wait(qtbot, lambda: not program.tasks.busy)
        return program.controllers["post_log"]

    return make


def offered(page):
    return {work.title for work, action in page.works.items() if action.isEnabled() and work.about is not About.OFFICE}


def test_the_views_say_how_many_they_have_and_list_them(desktop_over_landlord, controller, arrive, qtbot):
    arrive("Mine", holder=Holder(desktop_over_landlord.office.desk.officer.id))
    arrive("Nobody's", guessed=frozenset({"category_id"}))
    page = controller().page
    words = {view: button.text() for (_, view), button in page.list.bar.quick.items()}
    assert words[View.MINE] == "Mine  1"
    assert words[View.UNCHECKED] == "Unchecked  1"
    assert words[View.TODAY] == "Today"
    page.list.bar.quick["view", View.MINE].click()
    wait(qtbot, lambda: not desktop_over_landlord.tasks.busy)
    assert page.list.model.rowCount() == 1
    assert page.detail.row.subject == "Mine"


def test_what_is_offered_fits_what_is_chosen(desktop_over_landlord, controller, arrive, accounts, qtbot):
    program = desktop_over_landlord
    closed = arrive("Closed")

    def close(ctx):
        ctx.session.get_one(PostItem, closed).state = PostState.CLOSED

    program.office.desk.do(close)
    program.office.desk.do(queue.write, NewLetter("account_balance", accounts["Testerton"]))
    arrive("Open")
    made = controller()

    def on(row_id):
        made.page.list.mark(row_id)
        made.page.list.moved.emit(row_id)
        wait(qtbot, lambda: not program.tasks.busy)
        return offered(made.page)

    assert {"Give to", "Take", "Answer"} <= on(closed + 1)
    assert "Open it again" in on(closed)
    assert "Give to" not in offered(made.page)
    assert on(-1) == set()
    assert made.page.detail is None


def test_it_is_given_by_keyboard_and_the_history_says_so(desktop_over_landlord, controller, arrive, qtbot):
    program = desktop_over_landlord
    program.office.desk.do(lambda ctx: ctx.session.add(Officer(id=70, username="cat", name="Cat Colleague")))
    item_id = arrive("To give")
    made = controller()
    made.page.list.table.setFocus()
    made.page.list.table.go_to(0)
    wait(qtbot, lambda: made.page.detail is not None and not program.tasks.busy)
    giving = GiveController(program.office, made.page, (item_id,))
    wait(qtbot, lambda: giving.sheet is not None and giving.sheet.isVisible())
    press(giving.sheet, Qt.Key.Key_Return, CTRL)
    assert "Choose who gets it." in giving.sheet._form.error_of("holder")
    giving.sheet.to.setFocus()
    type_text(giving.sheet, "Cat")
    press(giving.sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: not program.tasks.busy and made.page.detail.row.holder == "Cat Colleague")
    last = made.page.card.history.rows[-1]
    assert (last.to, last.who) == ("Cat Colleague", program.office.desk.officer.name)


def test_an_account_has_its_post_on_its_card(desktop_over_landlord, controller, arrive, accounts, qtbot):
    program = desktop_over_landlord
    item_id = arrive("About the rent", ours="Testerton")
    accounts_page = program.controllers["rent"]
    accounts_page.open_account(accounts["Testerton"])
    open_tab(program, "rent")
    wait(qtbot, lambda: not program.tasks.busy)
    press(program.window, Qt.Key.Key_I, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait(qtbot, lambda: not program.tasks.busy)
    part = accounts_page._one.parts.of("post")
    assert [row.row_id for row in part.widget.lines.rows] == [item_id]
    part.widget.opened.emit(part.widget.lines.rows[0])
    post = program.controllers["post_log"]
    wait(qtbot, lambda: post.page.detail is not None and not program.tasks.busy)
    assert post.page.detail.row.row_id == item_id
    assert post.page.isVisible()


def test_a_record_and_a_filter_are_shown_from_elsewhere(desktop_over_landlord, controller, arrive, qtbot):
    program = desktop_over_landlord
    first = arrive("First")
    arrive("Second", guessed=frozenset({"sender"}))
    program.office.open_record(Subject.POST_ITEM, first)
    post = program.controllers["post_log"]
    wait(qtbot, lambda: post.page.detail is not None and not program.tasks.busy)
    assert post.page.detail.row.subject == "First"
    program.office.show_only("post_log", RegisterFilter(view=View.UNCHECKED))
    wait(qtbot, lambda: post.page.list.model.rowCount() == 1 and not program.tasks.busy)


def test_a_colleague_who_has_it_open_is_told_of(desktop_over_landlord, controller, arrive, qtbot):
    """The second desk says what it has open; this one shows it beside the item's name."""
    program = desktop_over_landlord
    item_id = arrive("A question")
    made = controller()
    made.open_record(Subject.POST_ITEM, item_id)
    wait(qtbot, lambda: made.page.detail is not None and not program.tasks.busy)
    record = Record(Subject.POST_ITEM, item_id)
    desk = program.office.desk
    desk.do(lambda ctx: ctx.session.add(Officer(id=70, username="cat", name="Cat Colleague")))
    Desk.sit_down(desk.database, "cat", desk.clock).do(beat, "another window", [record])
    program.office.presence.say()
    pill = made.page.card.presence
    wait(qtbot, pill.isVisible)
    assert pill.text().startswith("Also open: Cat Colleague")


def test_the_reports_open_the_list_behind_a_bar(office, accounts, qtbot):
    def late(ctx):
        new = NewItem(PostChannel.LETTER, "Late", category_id=keeping.category(ctx, "foi").id)
        row = ctx.session.get_one(PostItem, keeping.log(ctx, new))
        row.reply_by = datetime(2026, 11, 1, tzinfo=UTC).date()

    office.desk.do(late)
    reports = ReportsController(office)
    qtbot.addWidget(reports.page)
    reports.page.show()
    wait(qtbot, lambda: not office.tasks.busy and reports.page.models[0].rows)
    (foi,) = reports.page.models[0].rows
    assert (foi.name, foi.on_time, foi.key) == ("Freedom of information request", 0, "foi")
    assert [row.subject for row in reports.page.models[3].rows] == ["Late"]
    asked = []
    reports.page.category_opened.connect(asked.append)
    reports.page.chart.chart.opened.emit(0)
    assert asked == ["foi"]


def test_every_work_has_a_key_of_its_own():
    keys = [work.keys for work in WORKS if work.keys]
    assert len(keys) == len(set(keys))


def test_a_link_opens_the_record_whose_own_tab_leads_back(desktop_over_landlord, controller, arrive, accounts, qtbot):
    program = desktop_over_landlord
    desk = program.office.desk
    item = arrive("My bank changed", ours="Testerton")
    mandate = desk.do(lambda ctx: debits.bare(ctx, accounts["Testerton"]).id)
    desk.do(links.link, item, NewLink(Subject.MANDATE, mandate))

    page = controller().page
    card = page.card
    program.office.open_record(Subject.POST_ITEM, item)
    wait(qtbot, lambda: not program.tasks.busy and card.links.rowCount() == 1)
    assert (card.links.row_at(0).words, card.links.row_at(0).detail[:4]) == ("Direct Debit SAMPLE0001", "Live")
    card.links_table.opened.emit(card.links.row_at(0))
    wait(qtbot, lambda: not program.tasks.busy and "direct_debits" in program.controllers)
    mandates = program.controllers["direct_debits"]
    wait(qtbot, lambda: not program.tasks.busy and mandates.page.detail is not None)
    assert mandates.page.detail.row.mandate_id == mandate

    mandates.page.card.parts.open_drawer("post")
    wait(qtbot, lambda: not program.tasks.busy)
    post = mandates.parts.of("post")
    wait(qtbot, lambda: post.widget.lines.rowCount() == 1)
    post.widget.opened.emit(post.widget.lines.row_at(0))
    wait(qtbot, lambda: not program.tasks.busy and program.window.page() is page)
    assert page.detail.row.row_id == item


def test_reception_hands_an_account_over_to_be_logged(desktop_over_landlord, controller, accounts, qtbot):
    """So do the works that the Accounts page has by keys of its own: each begins on the account that is handed over."""
    program = desktop_over_landlord
    program.office.show_only("post_log", BeginWork(accounts["Testerton"], "logging"))
    sheet = sheet_of(qtbot, EntrySheet)
    wait(qtbot, lambda: sheet.fields.picker.value() == accounts["Testerton"] and not program.tasks.busy)
    sheet.reject()
    assert not sheet.isVisible()  # nothing is typed, so nothing is asked
    for work, kind in (
        ("statement", StatementSheet),
        ("letter", LetterSheet),
        ("balance_letter", LetterSheet),
        ("contacts", ContactSheet),
    ):
        program.office.show_only("rent", BeginWork(accounts["Testerton"], work))
        begun = sheet_of(qtbot, kind)
        wait(qtbot, lambda: not program.tasks.busy)
        assert program.controllers["rent"].account_id == accounts["Testerton"]
        if work == "balance_letter":
            assert begun.template.value() == "account_balance"
        begun.close()
        wait(qtbot, lambda: not program.tasks.busy)
