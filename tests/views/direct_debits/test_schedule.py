"""The sum of an instalment on screen, the collections under it, and the sheets that change them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import (
    CollectionKind,
    CollectionState,
    Frequency,
    Money,
    PartKind,
    ScheduleState,
)
from app.services.direct_debits.notices.dto import (
    CollectionNotice,
    Late,
    Needed,
    NoticeRehearsal,
    ScheduleShown,
    Standing,
)
from app.services.direct_debits.schedules.dto import (
    ChangeCollection,
    CollectionFilter,
    CollectionRow,
    MoveCollection,
    OddRest,
    Part,
    Planned,
    Schedule,
    ScheduleOf,
    Share,
    SkipCollection,
    Terms,
    Worked,
)
from app.views.direct_debits.collection_sheets import CHANGE, MOVE, AddSheet, CollectionSheet, TermsSheet
from app.views.direct_debits.explain import SumPanel, lines_of, said_of
from app.views.direct_debits.notices import NoticeSheet, TellSheet
from app.views.direct_debits.schedule import SchedulePart, notice_words
from tests.conftest import TODAY

JANUARY, FEBRUARY = date(2027, 1, 4), date(2027, 2, 1)
BESIDE = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
TERMS = Terms(Frequency.MONTHLY, 1, TODAY)
# 20 weeks of 100.00 less 400.00 of Housing Benefit, and 50.01 owed: 1,650.01 over two dates, the odd penny on the first.
PARTS = (
    Part(PartKind.CHARGES, 7, Money(2000_00), "20 weeks of £100.00"),
    Part(PartKind.HOUSING_BENEFIT, 7, Money(-400_00), "20 weeks of £20.00"),
    Part(PartKind.BALANCE, 7, Money(50_01), "owed on 21 Nov 2026"),
)


def worked(**more):
    first, usual = Money(825_01), Money(825_00)
    planned = (Planned(JANUARY, JANUARY, first, ()), Planned(FEBRUARY, FEBRUARY, usual, ()))
    values = {
        "terms": TERMS,
        "parts": PARTS,
        "planned": planned,
        "total": Money(1650_01),
        "usual": usual,
        "first": first,
        "forecasts": (Share(7, Money(-30_00)),),
        "first_week_on": date(2026, 11, 23),
        "ends_on": date(2027, 4, 4),
    }
    return Worked(**values | more)


def row(number, due_on, pence, state=CollectionState.PLANNED, kind=CollectionKind.SCHEDULED):
    nothing = {"noticed_on": None, "noticed_due_on": None, "noticed_amount": None, "notice_id": None, "run_id": None}
    return CollectionRow(
        collection_id=number,
        version=3,
        mandate_id=5,
        schedule_id=1,
        kind=kind,
        state=state,
        planned_on=due_on,
        due_on=due_on,
        amount=Money(pence),
        by_hand="",
        again_of=None,
        returned_on=None,
        return_code="",
        **nothing,
    )


ROWS = (
    row(1, date(2026, 11, 2), 825_00, CollectionState.POSTED),
    row(2, JANUARY, 825_01),
    row(3, FEBRUARY, 825_00),
    row(4, date(2027, 2, 8), 825_00, kind=CollectionKind.AGAIN),
)
SCHEDULE = Schedule(
    1,
    1,
    5,
    1,
    ScheduleState.CURRENT,
    TERMS,
    date(2026, 11, 23),
    date(2027, 4, 4),
    2,
    Money(825_00),
    Money(825_01),
    Money(1650_01),
    Money(-30_00),
    "Set up",
    "Test Officer",
    datetime(2026, 11, 21, 12, tzinfo=UTC),
    PARTS,
)
OF = ScheduleOf(SCHEDULE, ROWS, "SAMPLE0001", ((7, "70 0001"), (8, "70 0002")))


def noticed(standing):
    return CollectionNotice(standing, date(2026, 11, 24), date(2026, 12, 14), date(2026, 12, 16), date(2026, 12, 8))


@pytest.fixture
def parent(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


def test_the_sum_is_read_line_by_line_with_what_is_taken_off_in_words(parent):
    panel = SumPanel()
    panel.setParent(parent)
    panel.show_worked(worked(), {7: "70 0001"})
    assert panel.text().splitlines() == [
        "2 collections monthly on the 1st: the first £825.01 on Mon 4 Jan 2027, then £825.00 each.",
        "Charges £2,000.00 20 weeks of £100.00",
        "Housing Benefit less £400.00 20 weeks of £20.00",
        "Balance £50.01 owed on 21 Nov 2026",
        "To collect £1,650.01",
        "Over 2 dates £825.00 the first £825.01 and 1 of £825.00",
        "At the end of the year £30.00 CR forecast balance on 4 Apr 2027",
    ]


def test_of_several_accounts_each_part_says_whose_it_is_and_nothing_collected_says_why(parent):
    two = (*PARTS, Part(PartKind.CHARGES, 8, Money(356_00), "20 weeks of £17.80"))
    words = [line.words for line in lines_of(worked(parts=two), {7: "70 0001", 8: "70 0002"})]
    assert words[0] == "70 0001: 20 weeks of £100.00"
    assert words[3] == "70 0002: 20 weeks of £17.80"
    nothing = worked(planned=(), why="The account is in credit: nothing is to be collected.")
    assert said_of(nothing) == "The account is in credit: nothing is to be collected."
    assert [line.label for line in lines_of(nothing, {})][-2:] == ["Nothing is collected", "At the end of the year"]


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.TOLD, "told, 24 Nov 2026"),
        (Standing.WAITS, "letter not sent yet"),
        (Standing.UNTOLD, "tell by 14 Dec 2026"),
        (Standing.CHANGED, "changed: tell by 14 Dec 2026"),
        (Standing.LOST, "came back: tell by 14 Dec 2026"),
        (Standing.SHORT, "too late: from 8 Dec 2026"),
        (Standing.NONE, ""),
    ],
)
def test_how_a_collection_is_noticed_is_said_in_words(standing, words):
    assert notice_words(noticed(standing)) == words


def test_the_card_begins_at_the_next_collection_and_enter_opens_it(parent, qtbot):
    part = SchedulePart()
    part.setParent(parent)
    part.show_schedule(ScheduleShown(OF, None, {2: noticed(Standing.UNTOLD)}, TODAY))
    assert part.chosen() == ROWS[1]
    with qtbot.waitSignal(part.opened) as opened:
        part.table.opened.emit(part.table.row())
    assert opened.args == [ROWS[1]]
    part.show_schedule(None)
    assert part.chosen() is None


def test_one_collection_is_skipped_moved_or_changed(parent):
    sheet = CollectionSheet(parent, 5, OF, TODAY, 3)
    sheet.fields.fill({"reason": "They asked"})
    assert sheet.command() == SkipCollection(3, 3, "They asked", OddRest.SPREAD)
    sheet.fields.fill({"act": MOVE})
    assert sheet.command() is None
    sheet.fields.fill({"on": date(2027, 2, 8)})
    assert sheet.command() == MoveCollection(3, 3, date(2027, 2, 8), "They asked")
    sheet.fields.fill({"act": CHANGE, "amount": Money(500_00), "rest": OddRest.LEAVE})
    assert sheet.command() == ChangeCollection(3, 3, Money(500_00), "They asked", OddRest.LEAVE)
    # What was collected isn't offered; what is collected again keeps the amount that came back.
    which = sheet.fields.field("which")
    assert which.count() == 3
    sheet.fields.fill({"which": ROWS[3]})
    assert sheet.fields.field("act").count() == 2


def test_one_is_added_for_one_account_or_shared(parent):
    sheet = AddSheet(parent, 5, OF, TODAY)
    assert sheet.command() is None
    sheet.fields.fill({"on": JANUARY, "amount": Money(20_00), "reason": "They asked", "account_id": 8})
    found = sheet.command()
    assert (found.mandate_id, found.on, found.amount, found.account_id) == (5, JANUARY, Money(20_00), 8)


def test_other_terms_show_the_new_sum_before_they_are_saved(parent, qtbot):
    sheet = TermsSheet(parent, 5, OF, (1, 15), TODAY)
    assert sheet.terms().terms == TERMS
    with qtbot.waitSignal(sheet.asked):
        sheet.fields.fill({"frequency": Frequency.WEEKLY})
    assert sheet.fields.field("day").count() == 5
    sheet.fields.fill({"day": 4})
    assert sheet.terms().terms == Terms(Frequency.WEEKLY, 4, TODAY)
    sheet.show_worked(worked(), dict(OF.accounts))
    assert "To collect £1,650.01" in sheet.sum.text()
    sheet.sum.clear("The day won't do.", wrong=True)
    assert sheet.sum.text() == "The day won't do."


def test_what_a_notice_would_do_is_shown_first_and_nothing_can_be_given_where_nobody_needs_it(parent):
    sheet = NoticeSheet(parent, (5, 6))
    assert sheet.command().mandate_ids == (5, 6)
    assert not sheet.primary.isEnabled()
    sheet.show_rehearsal(NoticeRehearsal(2, 1, 9, Money(1000_00)))
    assert sheet.primary.isEnabled()
    sheet.show_rehearsal(NoticeRehearsal(0, 0, 0, Money(0)))
    assert not sheet.primary.isEnabled()
    assert sheet._said.text() == "Every payer has been told of what is to come."
    # What it is too late for can be moved, and only then is there something to be told.
    late = Late(2, 5, "SAMPLE0001", "Alex", JANUARY, Money(825_01), date(2027, 1, 6))
    sheet.show_rehearsal(NoticeRehearsal(0, 0, 0, Money(0), late=(late,)))
    assert not sheet.primary.isEnabled()
    sheet._move.set_value(True)
    assert sheet.primary.isEnabled()
    assert sheet.command().move_late


def test_on_the_telephone_all_or_one_is_told(parent):
    sheet = TellSheet(parent, 5, "SAMPLE0001", ROWS[1:3])
    sheet.fields.fill({"words": "Rang Alex"})
    assert (sheet.command().collection_ids, sheet.command().agreed) == ((), False)
    sheet.fields.fill({"collections": (3,), "agreed": True})
    assert (sheet.command().collection_ids, sheet.command().agreed) == ((3,), True)


def test_the_notice_sheet_says_whom_it_is_for(parent):
    assert NoticeSheet(parent)._for_whom.text() == "For every payer who needs notice."
    assert NoticeSheet(parent, (5, 6))._for_whom.text() == "For the 2 payers that are chosen, and nobody else."


def test_whom_to_tell_is_listed_and_a_day_of_the_chart_lists_its_collections(parent, qtbot):
    from app.services.direct_debits.schedules.dto import DayTotal
    from app.views.direct_debits.collections import CollectionsSection

    page = CollectionsSection(keeps=True)
    qtbot.addWidget(page)
    need = Needed(5, 7, "SAMPLE0001", "Alex", "first", 3, Money(100), JANUARY, FEBRUARY, 0, TODAY, date(2026, 11, 20))
    page.show_needed((need,), TODAY)
    assert page._said.text() == "1 payer can't be told in time of the first one."
    page.show_days((DayTotal(JANUARY, 3, Money(300_00), 1, Money(90_00)),))
    with qtbot.waitSignal(page.day_opened) as opened:
        page.chart.opened.emit(0)
    assert opened.args == [JANUARY]
    page.list.bar.ask(CollectionFilter(from_on=JANUARY, to_on=JANUARY))
    assert (page.list.filter.from_on, page.list.filter.to_on) == (JANUARY, JANUARY)
    assert page.chosen() == ()
    page.show_needed([replace(need, mandate_id=number) for number in (5, 6, 7)], TODAY)
    page.table.setCurrentIndex(page.needed.index(0, 0))
    page.table.selectionModel().select(page.needed.index(1, 0), BESIDE)
    with qtbot.waitSignal(page.notice_wanted):
        next(each for each in page.findChildren(QPushButton) if each.text().startswith("Give notice")).click()
    assert page.chosen() == (5, 6)
    assert [key.keys for key in page.keys if key.does == "Give notice"] == ["Ctrl+Return"]
