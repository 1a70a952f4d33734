"""Bank reports on screen: read, applied, matched by hand, set aside and taken back, with the keyboard's actions."""

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.services.direct_debits.returns.dto import Shown
from app.views.direct_debits.controller.reports import ReportsController
from app.views.direct_debits.return_sheets import AgainSheet, ApplySheet, AsideSheet, BackSheet, MatchSheet, ReadSheet
from tests.factories import debits
from tests.services.bacs import report_samples as samples
from tests.views.desktop import wait


@pytest.fixture
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@pytest.fixture
def home(desk):
    return desk.do(debits.home)


@pytest.fixture
def page(home, office, qtbot):
    controller = ReportsController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1400, 800)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.refresh()
    return controller.page


@pytest.fixture
def hand_in(page, office, qtbot, tmp_path):
    """Files are dropped on the page."""

    def drop(**contents):
        paths = tuple(tmp_path / f"{name}.xml" for name in contents)
        for path, content in zip(paths, contents.values(), strict=True):
            path.write_bytes(content)
        page.files_dropped.emit(paths)
        idle(qtbot, office)

    return drop


def idle(qtbot, office):
    wait(qtbot, lambda: not office.tasks.busy)


def trigger(page, does, qtbot, office):
    next(each for each in page.actions() if each.text() == does).trigger()
    idle(qtbot, office)


def sheet(page, kind, qtbot):
    wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)))
    return next(each for each in page.findChildren(kind) if each.isVisible())


def show(page, shown, qtbot, office):
    page.press(shown)
    idle(qtbot, office)


def balance(desk, account_id):
    return desk.ask(lambda ctx: ctx.session.scalar(select(Account.balance_pence).where(Account.id == account_id)))


def test_one_item_shows_its_effects_and_is_applied_with_one_key_and_taken_back(
    page, hand_in, home, desk, office, qtbot
):
    before = balance(desk, home[0])
    hand_in(arudd=samples.arudd(samples.returned()))
    (row,) = page.model.rows
    assert (row.does, row.mandate) == ("Reverse, present again", "RENT 00124471")
    wait(qtbot, lambda: page.card.detail is not None and page.card.effects.effects != ())
    told = page.card.effects.text()
    assert "Account 70000141: Direct Debit of 18 Nov 2026 reversed" in told
    assert "3 Dec 2026" in told
    trigger(page, "Apply", qtbot, office)
    assert balance(desk, home[0]) == before + 65_00
    wait(qtbot, lambda: page.model.rows == ())
    show(page, Shown.APPLIED, qtbot, office)
    trigger(page, "Take it back", qtbot, office)
    back = sheet(page, BackSheet, qtbot)
    back.fields.fill({"why": "Wrong payer"})
    back.confirm_action.trigger()
    idle(qtbot, office)
    assert balance(desk, home[0]) == before


@pytest.fixture
def three(page, hand_in, desk):
    """Three returns that wait to be applied, in the order of the file."""
    desk.do(debits.home, "RENT 00124472", debits.NEW, 65_00, "70000142")
    desk.do(debits.home, "RENT 00124473", ("202959", "63748472"), 65_00, "70000143")
    hand_in(arudd=samples.arudd(samples.returned() + _returned("72", "10-79-99", "88837491") + _returned("73")))
    return [row.reference for row in page.model.rows]


def _returned(last, sort_code="20-29-59", number="63748472"):
    reference = f"RENT 001244{last}"
    return samples.returned(reference, payer={"ref": reference, "number": number, "sortCode": sort_code})


def test_after_one_is_applied_the_next_is_chosen_and_waits_until_its_effects_are_shown(page, three, office, qtbot):
    page.table.go_to(1)
    apply = next(each for each in page.actions() if each.text() == "Apply")
    assert not apply.autoRepeat()
    apply.trigger()
    assert [row.reference for row in page.model.rows] == three
    idle(qtbot, office)
    assert len(page.model.rows) == 3
    wait(qtbot, lambda: page.card.detail is not None and page.card.detail.row.reference == three[1])
    apply.trigger()
    wait(qtbot, lambda: [row.reference for row in page.model.rows] == [three[0], three[2]])
    idle(qtbot, office)
    assert page.table.row().reference == three[2]
    trigger(page, "Apply", qtbot, office)
    wait(qtbot, lambda: [row.reference for row in page.model.rows] == [three[0]])
    idle(qtbot, office)
    assert page.table.row().reference == three[0]


def test_all_are_rehearsed_before_they_are_applied(page, hand_in, home, desk, office, qtbot):
    hand_in(arudd=samples.arudd(samples.returned()), addacs=samples.addacs(samples.advice(reason="D")))
    sheet(page, ReadSheet, qtbot).reject()
    assert len(page.model.rows) == 2
    trigger(page, "Apply all", qtbot, office)
    asked = sheet(page, ApplySheet, qtbot)
    assert asked.primary.text() == "Apply 2 items  Ctrl+Enter"
    asked.confirm_action.trigger()
    idle(qtbot, office)
    wait(qtbot, lambda: page.model.rows == ())
    assert page.card.parts.tabs.tabText(1).startswith("Reports read")


def test_all_means_what_was_counted_though_another_report_is_read_meanwhile(page, three, hand_in, office, qtbot):
    trigger(page, "Apply all", qtbot, office)
    asked = sheet(page, ApplySheet, qtbot)
    hand_in(addacs=samples.addacs(samples.advice(reason="D")))
    wait(qtbot, lambda: len(page.model.rows) == 4)
    asked.confirm_action.trigger()
    wait(qtbot, lambda: len(page.model.rows) == 1)


def test_of_a_report_that_is_listed_all_means_its_own_and_a_choice_lists_every_report(
    page, hand_in, home, office, qtbot
):
    hand_in(arudd=samples.arudd(samples.returned()), addacs=samples.addacs(samples.advice(reason="D")))
    sheet(page, ReadSheet, qtbot).reject()
    wait(qtbot, lambda: len(page.card.reports.columns.rows) == 2)
    page.card.report_opened.emit(page.card.reports.columns.rows[0])
    wait(qtbot, lambda: len(page.model.rows) == 1)
    trigger(page, "Apply all", qtbot, office)
    asked = sheet(page, ApplySheet, qtbot)
    assert asked.primary.text() == "Apply 1 item  Ctrl+Enter"
    asked.reject()
    next(each for each in page._buttons if each.isChecked()).click()
    wait(qtbot, lambda: len(page.model.rows) == 2)


def test_what_nobody_is_found_for_is_matched_by_hand_or_set_aside(page, hand_in, home, office, qtbot):
    nobody = {"number": "12345678", "sortCode": "00-00-01", "name": "SOMEBODY ELSE"}
    hand_in(
        arudd=samples.arudd(
            samples.returned("X 1", payer=nobody) + samples.returned("X 2", pounds="9.99", payer=nobody)
        )
    )
    show(page, Shown.UNMATCHED, qtbot, office)
    wait(qtbot, lambda: page.card.detail is not None and page.card.detail.row.reference == "X 1")
    trigger(page, "Whose is it", qtbot, office)
    asked = sheet(page, MatchSheet, qtbot)
    asked.confirm_action.trigger()
    idle(qtbot, office)
    wait(qtbot, lambda: [row.reference for row in page.model.rows] == ["X 2"])
    trigger(page, "Set aside", qtbot, office)
    aside = sheet(page, AsideSheet, qtbot)
    aside.confirm_action.trigger()
    idle(qtbot, office)
    assert aside.isVisible()
    aside.fields.fill({"why": "Not ours"})
    aside.confirm_action.trigger()
    idle(qtbot, office)
    wait(qtbot, lambda: page.model.rows == ())


def test_a_file_that_is_no_report_is_told_and_stops_no_other(page, hand_in, home, office, qtbot):
    hand_in(good=samples.addacs(samples.advice()), bad=b"<html/>")
    read = sheet(page, ReadSheet, qtbot)
    assert "1 of 2 files read" in read.explained
    assert len(page.model.rows) == 1
    read.reject()


def test_what_was_set_aside_is_brought_back(page, hand_in, home, office, qtbot):
    hand_in(arudd=samples.arudd(samples.returned()))
    wait(qtbot, lambda: page.model.rows != ())
    trigger(page, "Set aside", qtbot, office)
    aside = sheet(page, AsideSheet, qtbot)
    aside.fields.fill({"why": "Not ours"})
    aside.confirm_action.trigger()
    idle(qtbot, office)
    show(page, Shown.ASIDE, qtbot, office)
    trigger(page, "Bring back", qtbot, office)
    again = sheet(page, AgainSheet, qtbot)
    again.fields.fill({"why": "It is of our payer after all"})
    again.confirm_action.trigger()
    idle(qtbot, office)
    wait(qtbot, lambda: page.model.rows == ())
    show(page, Shown.TO_DO, qtbot, office)
    assert [row.reference for row in page.model.rows] == ["RENT 00124471"]
