"""The sheet of a life event and the register of checklists."""

from datetime import UTC, date, datetime

import pytest

from app.models.values import LifeEvent
from app.services.tenancies.life_events.dto import (
    Checklist,
    Choice,
    EventRow,
    Hangs,
    Happened,
    Option,
    StepRow,
    Whom,
)
from app.views.rent.life_event import LifeEventSheet, noted_words
from app.views.rent.life_events import LifeEventsPage
from tests.conftest import TODAY

DIED = date(2026, 11, 12)
HOME = Hangs(
    "tenancy",
    "Tenancies",
    "Secure tenancy of 4 Sample Close",
    (Option(Choice.LATER, "A task: who may succeed"), Option(Choice.STOP, "An ending is noted")),
    record_id=3,
    account_id=7,
    reference="1001",
    why="It goes on until notice is given",
    warns=True,
)
LETTER = Hangs(
    "letter", "Letters to write", "After a death", (Option(Choice.DO, "Drafted"), Option(Choice.KEEP, "Not written"))
)
PEOPLE = (Whom(1, "Mx Maria Testerton"), Whom(2, "Mx Sam Testerton"))


@pytest.fixture
def sheet(qtbot):
    from PySide6.QtWidgets import QWidget

    under = QWidget()
    qtbot.addWidget(under)
    under.resize(1300, 850)
    under.show()
    made = LifeEventSheet(under, PEOPLE, "1001", lambda: TODAY)
    made.under = under
    made.open()
    yield made
    made.close()
    under.close()


def test_what_hangs_is_asked_for_when_it_can_be_told(sheet):
    asked = []
    sheet.happened_changed.connect(lambda: asked.append(sheet.happened()))
    sheet.fields.fill({"happened_on": DIED})
    assert asked[-1] == Happened(1, LifeEvent.DEATH, DIED)
    sheet.fields.fill({"person_id": 2})
    assert asked[-1] == Happened(2, LifeEvent.DEATH, DIED)
    before = len(asked)
    sheet.fields.fill({"note": "Told by the neighbour too"})
    assert len(asked) == before


def test_the_proposal_stands_until_something_else_is_chosen(sheet):
    sheet.fields.fill({"happened_on": DIED})
    sheet.hangs.show_hangs((HOME, LETTER))
    assert sheet.command().choices == {HOME.key: Choice.LATER, LETTER.key: Choice.DO}
    sheet.hangs.rows[0].choice.set_value(Choice.STOP)
    sheet.hangs.show_hangs((HOME, LETTER))
    assert sheet.command().choices[HOME.key] is Choice.STOP


def test_a_draft_brings_back_what_was_decided(sheet):
    sheet.fields.fill({"happened_on": DIED})
    sheet.hangs.show_hangs((HOME, LETTER))
    sheet.hangs.rows[0].choice.set_value(Choice.STOP)
    typed = sheet.typed()
    sheet.hangs.rows[0].choice.set_value(Choice.LATER)
    sheet.retype(typed)
    sheet.hangs.show_hangs((HOME, LETTER))
    assert sheet.command().choices[HOME.key] is Choice.STOP


def test_fields_that_don_t_belong_to_the_event_are_left_out(sheet):
    shown = {
        kind: [name for name in ("contact_name", "address") if _visible(sheet, kind, name)]
        for kind in (LifeEvent.DEATH, LifeEvent.MOVE, LifeEvent.EVICTION)
    }
    assert shown == {
        LifeEvent.DEATH: ["contact_name", "address"],
        LifeEvent.MOVE: ["address"],
        LifeEvent.EVICTION: [],
    }


def _visible(sheet, kind, name):
    sheet.fields.fill({"kind": kind})
    return not sheet.fields.field(name).isHidden() and sheet.fields.field(name).isVisibleTo(sheet)


def test_a_choice_that_leaves_something_open_is_marked(sheet):
    sheet.hangs.show_hangs((HOME,))
    row = sheet.hangs.rows[0]
    assert row._does.property("tone") == "warning"
    row.choice.set_value(Choice.STOP)
    assert row._does.property("tone") == ""
    assert row._does.text() == "1001: An ending is noted"


def test_the_message_says_what_is_left():
    assert noted_words(LifeEvent.DEATH, 0) == "Death is noted; nothing is left to do."
    assert noted_words(LifeEvent.MOVE, 2) == "Move is noted; 2 steps wait: see Life events."


def _step(step_id, *, done):
    return StepRow(
        step_id,
        f"Step {step_id}",
        Choice.LATER,
        "Seen" if done else "",
        7,
        "1001",
        done,
        datetime(2026, 11, 20, 10, tzinfo=UTC) if done else None,
        "Test Officer" if done else "",
        None if done else date(2026, 11, 27),
    )


EVENT = EventRow(5, 1, "Mx Maria Testerton", LifeEvent.DEATH, DIED, TODAY, "Test Officer", 7, "1001", 2, 1, DIED)


def test_the_step_that_waits_comes_first_and_can_be_ticked_off(qtbot):
    page = LifeEventsPage(TODAY, may_change=True)
    qtbot.addWidget(page)
    wanted, ticked = [], []
    page.event_wanted.connect(wanted.append)
    page.tick_wanted.connect(lambda step: ticked.append(step.step_id))
    page.show_events((EVENT,))
    assert wanted[-1] == 5
    steps = (_step(1, done=True), _step(2, done=False))
    page.show_checklist(Checklist(EVENT, "their sister", "", datetime(2026, 11, 20, tzinfo=UTC), steps))
    assert [step.step_id for step in page.steps.rows] == [2, 1]
    page.tick.trigger()
    assert ticked == [2]
    page.steps_table.go_to(1)
    assert not page.tick.isEnabled()


def test_whoever_may_only_look_ticks_nothing_off(qtbot):
    page = LifeEventsPage(TODAY, may_change=False)
    qtbot.addWidget(page)
    page.show_events((EVENT,))
    page.show_checklist(Checklist(EVENT, "", "", datetime(2026, 11, 20, tzinfo=UTC), (_step(2, done=False),)))
    assert not page.tick.isEnabled()
