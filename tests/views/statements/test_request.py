from datetime import date
from pathlib import Path

import pytest

from app.models.values import ZERO
from app.services.rent.listed_dto import Choices
from app.services.statements.dto import ItemRow, RunRequest, RunRow, RunState, Variant, Which
from app.views.statements.page import StatementsPage
from app.views.statements.request import RequestCard, quarters

TODAY = date(2026, 11, 21)


def test_quarters_are_thirteen_weeks_and_only_those_that_have_begun():
    found = dict(quarters(TODAY))
    assert list(found)[:3] == ["Quarter 3 of 2026-27", "Quarter 2 of 2026-27", "Quarter 1 of 2026-27"]
    assert found["Quarter 1 of 2026-27"] == (date(2026, 4, 6), date(2026, 7, 5))
    assert found["Quarter 3 of 2026-27"] == (date(2026, 10, 5), date(2027, 1, 3))
    assert "Quarter 4 of 2026-27" not in found


def test_the_last_quarter_takes_a_53rd_week():
    found = dict(quarters(date(2025, 5, 1)))
    assert found["Quarter 4 of 2024-25"] == (date(2024, 12, 30), date(2025, 4, 6))


@pytest.fixture
def card(qtbot):
    made = RequestCard(TODAY)
    qtbot.addWidget(made)
    made.show_choices(Choices((("GEN", "General needs"), ("SHE", "Sheltered")), ("North", "South")))
    return made


def test_the_last_whole_quarter_is_offered_first(card):
    assert card.request() == RunRequest(date(2026, 7, 6), date(2026, 10, 4))


def test_every_choice_reaches_the_request(card):
    card.quarter.setCurrentIndex(card.quarter.count() - 1)
    card.from_on.setDate(date(2026, 9, 1))
    card.to_on.setDate(date(2026, 9, 30))
    card.group.setCurrentIndex(2)
    card.area.setCurrentIndex(1)
    card.which.setCurrentIndex(1)
    card.variant.setCurrentIndex(2)
    card.set_folder("out")
    card.each.setChecked(True)
    card.again.setChecked(True)
    assert card.request() == RunRequest(
        date(2026, 9, 1),
        date(2026, 9, 30),
        rent_groups=frozenset({"SHE"}),
        areas=frozenset({"North"}),
        accounts=Which.ARREARS,
        variant=Variant.LARGE_PRINT,
        out_dir=Path("out"),
        file_each=True,
        again=True,
    )


def test_choices_that_come_again_keep_what_was_chosen(card):
    card.group.setCurrentIndex(2)
    card.show_choices(Choices((("SHE", "Sheltered"),), ()))
    assert card.request().rent_groups == frozenset({"SHE"})


def run(state: RunState) -> RunRow:
    from datetime import UTC, datetime

    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return RunRow(7, date(2026, 7, 6), date(2026, 10, 4), state, at, None, "Test Officer", 5, 1)


def test_only_a_run_that_stopped_can_be_carried_on(qtbot):
    page = StatementsPage(TODAY)
    qtbot.addWidget(page)
    page.show_runs((run(RunState.DONE),))
    assert page.carry_on.isHidden()
    page.show_runs((run(RunState.CANCELLED),))
    assert not page.carry_on.isHidden()
    with qtbot.waitSignal(page.carry_on_wanted) as wanted:
        page.carry_on.click()
    assert wanted.args[0].run_id == 7


def test_a_reprint_is_of_the_chosen_account(qtbot):
    page = StatementsPage(TODAY)
    qtbot.addWidget(page)
    item = ItemRow(3, 7, 1, "0012", "Ms A One", "GEN", Variant.STANDARD, True, "", 1, 2, ZERO)
    page.show_items((item,))
    page.items_table.go_to(0)
    with qtbot.waitSignal(page.reprint_wanted) as wanted:
        page.items_table.opened.emit(item)
    assert wanted.args == [item]
