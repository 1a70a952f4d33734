"""The sheets of acknowledging, answering, closing, linking, beginning work, and letters that came back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.values import EndReason, PostChannel, PostState, Subject
from app.services.letters.commands import queue
from app.services.letters.dto import NewLetter
from app.services.post_log import keeping
from app.services.post_log.answering.dto import AnswerBy
from app.services.post_log.dto import NewItem
from app.services.post_log.register import queries
from app.views.post_log.acknowledging import AcknowledgeSheet
from app.views.post_log.answering import AnswerSheet
from app.views.post_log.closing import CloseSheet, LinkSheet, ReopenSheet
from app.views.post_log.controller import answering
from app.views.post_log.page import Offered, PostPage
from app.views.post_log.returned import ReturnSheet
from app.views.post_log.works import PARTS, WORKS
from app.views.rent.ending import EndingSheet
from app.views.rent.holds.case_sheet import CaseSheet
from app.views.rent.life_event import LifeEventSheet
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot):
    made = PostPage(Offered(WORKS, (), PARTS))
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


@pytest.fixture
def arrive(office, accounts):
    """Log something from Mx Testerton about their account."""

    def make(channel=PostChannel.LETTER, category="general", subject="My account", sender="Maria Testerton", **more):
        def work(ctx):
            of = keeping.category(ctx, category)
            new = NewItem(channel, subject, sender, category_id=of.id, account_id=accounts["Testerton"], **more)
            return keeping.log(ctx, new)

        return office.desk.do(work)

    return make


@pytest.fixture
def opened(office, page, qtbot):
    """Open the sheet of a work for an item, as the page does."""

    def make(controller, *items, kind):
        page.show_item(office.desk.ask(queries.detail, items[0]))
        made = getattr(answering, controller)(office, page, items)
        wait(qtbot, lambda: getattr(made, "sheet", None) is not None and not office.tasks.busy)
        assert isinstance(made.sheet, kind)
        return made.sheet

    return make


def item(office, item_id):
    return office.desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id))


def confirm(office, sheet, qtbot):
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: not office.tasks.busy)


def test_a_selection_is_acknowledged_with_what_is_left_out_and_why(office, arrive, opened, qtbot):
    letter, bill = arrive(), arrive(category="invoice", subject="Invoice", sender="Sample Supplies")
    sheet = opened("AcknowledgeController", letter, bill, kind=AcknowledgeSheet)
    wait(qtbot, lambda: not office.tasks.busy)
    assert [(each.item_id, each.stops) for each in sheet.drafts.rows] == [
        (bill, "Nothing is sent for 'Supplier invoice'."),
        (letter, ""),
    ]
    assert sheet.primary.text() == "Send 1  Ctrl+Enter"
    assert sheet._said.text() == "1 letter goes out. 1 item left out: the list says why."
    confirm(office, sheet, qtbot)
    assert office.messages.text == "1 acknowledgement made."
    assert item(office, letter).acknowledged_on is not None


def test_an_answer_is_typed_seen_and_sent(office, arrive, opened, qtbot):
    made = arrive(text="What do I owe?")
    sheet = opened("AnswerController", made, kind=AnswerSheet)
    sheet.text.setFocus()
    type_text(sheet, "You owe nothing.")
    wait(qtbot, lambda: not sheet._pause.isActive() and not office.tasks.busy)
    assert sheet.primary.isEnabled()
    sheet.outcome.set_value("Balance told")
    confirm(office, sheet, qtbot)
    (row,) = office.desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing)).all())
    assert "You owe nothing." in row.body
    assert item(office, made).state is PostState.CLOSED
    assert office.messages.text.startswith("The answer is in the queue, and ")


def test_each_way_shows_what_it_needs(office, arrive, opened):
    sheet = opened("AnswerController", arrive(PostChannel.TELEPHONE), kind=AnswerSheet)
    assert sheet.by.value() is AnswerBy.CALL
    assert sheet.primary.text().startswith("Keep the note")
    assert not sheet.template.isVisible()
    sheet.by.set_value(AnswerBy.LETTER)
    assert sheet.addressee.isVisible()
    assert sheet.chosen().key == "post_reply"
    sheet.by.set_value(AnswerBy.TEXT)
    assert (sheet.addressee.isVisible(), sheet.recipient.isVisible()) == (False, True)
    sheet.close()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(office, arrive, opened, qtbot):
    sheet = opened("AnswerController", arrive(PostChannel.TELEPHONE), kind=AnswerSheet)
    sheet.outcome.set_value("Told")
    confirm(office, sheet, qtbot)
    assert sheet.fields.error_of("text") == "Write the answer first."
    assert sheet.outcome.value() == "Told"
    typed = sheet.typed()
    sheet.outcome.set_value("")
    sheet.retype(typed)
    assert sheet.outcome.value() == "Told"
    sheet.close()


def test_items_are_closed_and_one_opened_again(office, arrive, opened, qtbot):
    first, second = arrive(), arrive()
    sheet = opened("CloseController", first, second, kind=CloseSheet)
    assert sheet.outcome.value() == "No answer needed"
    confirm(office, sheet, qtbot)
    assert {item(office, each).outcome for each in (first, second)} == {"No answer needed"}
    sheet = opened("ReopenController", first, kind=ReopenSheet)
    confirm(office, sheet, qtbot)
    assert item(office, first).state is PostState.CLOSED
    sheet.why.set_value("They wrote again")
    confirm(office, sheet, qtbot)
    assert item(office, first).state is PostState.OPEN


def test_an_item_is_linked_to_what_is_found(office, arrive, accounts, opened, page, qtbot):
    made = arrive()
    sheet = opened("LinkController", made, kind=LinkSheet)
    sheet.record.setFocus()
    type_text(sheet, "Specimen")
    wait(qtbot, lambda: sheet.record._offered)
    person = next(each for each in sheet.record._offered if "Specimen" in each.words)
    sheet.record._take(person)
    confirm(office, sheet, qtbot)
    (linked,) = office.desk.ask(queries.detail, made).linked
    assert "Specimen" in linked.words
    sheet = opened("LinkController", made, kind=LinkSheet)
    sheet.off.setCurrentIndex(1)
    confirm(office, sheet, qtbot)
    assert office.desk.ask(queries.detail, made).linked == ()


@pytest.mark.parametrize(
    ("category", "kind", "known"),
    [
        ("notice", EndingSheet, {"reason": EndReason.TENANT_NOTICE, "notice_on": date(2026, 11, 19)}),
        ("death", LifeEventSheet, {"told_on": date(2026, 11, 19), "told_by": "Kim Testerton"}),
        ("breathing_space", CaseSheet, {"reference": "BS-1", "start_on": date(2026, 11, 20)}),
    ],
)
def test_work_is_begun_on_its_tab_with_what_is_known(desktop_over_landlord, accounts, qtbot, category, kind, known):
    program = desktop_over_landlord

    def work(ctx):
        of = keeping.category(ctx, category).id
        on = {"received_on": date(2026, 11, 19), "reference": "BS-1"}
        new = NewItem(PostChannel.LETTER, "It", "Kim Testerton", category_id=of, account_id=accounts["Specimen"], **on)
        return keeping.log(ctx, new)

    made = program.office.desk.do(work)
    program.open_record(Subject.POST_ITEM, made)
    page = program.controllers["post_log"].page
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    press(page, Qt.Key.Key_B, CTRL)
    wait(qtbot, lambda: [each for each in program.window.findChildren(kind) if each.isVisible()])
    (sheet,) = program.window.findChildren(kind)
    values = sheet.fields.values()
    assert {name: values[name] for name in known} == known
    assert program.controllers["rent"].page.isVisible()
    wait(qtbot, lambda: not program.tasks.busy)
    sheet.close()


def test_a_returned_letter_is_matched_with_the_one_that_went_out(office, arrive, accounts, opened, qtbot):
    new = NewLetter("general_letter", accounts["Testerton"], {"subject": "Your tenancy", "text": "Thank you."})
    went = office.desk.do(queue.write, new).outgoing_id
    office.desk.do(queue.mark_printed, [went])
    made = arrive(PostChannel.RETURNED, "returned")
    sheet = opened("ReturnController", made, kind=ReturnSheet)
    assert [each.outgoing_id for each in sheet.letters.rows] == [went]
    sheet.text.setFocus()
    type_text(sheet, "Nobody")
    wait(qtbot, lambda: not sheet.letters.rows)
    assert not sheet.primary.isEnabled()
    sheet.text.clear()
    sheet.search_wanted.emit("")
    wait(qtbot, lambda: sheet.letters.rows)
    sheet.reason.set_value("gone away")
    confirm(office, sheet, qtbot)
    assert item(office, made).state is PostState.CLOSED
