"""The benefits of an account on its card, the sheet of a claim, and the office's list."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from app.models.benefits import BenefitAward, BenefitClaim
from app.models.values import BenefitKind, ClaimState, Money
from app.services.rent.header import account_header
from app.views.rent.benefits.sheet import ClaimSheet
from app.views.rent.controller.benefits import BenefitsController
from app.views.rent.controller.claims import ClaimsController
from app.views.rent.controller.keep_claim import ClaimController
from tests.views.desktop import wait

CLAIMED = date(2026, 11, 2)


@pytest.fixture
def header(office, accounts):
    """An account charged 100.00 a week."""
    return office.desk.ask(account_header, accounts["Testerton"])


@pytest.fixture
def opened(accounts, open_sheet):
    return open_sheet(ClaimController, accounts["Testerton"])


def fill(sheet):
    sheet.fields.fill({"claimed_on": CLAIMED, "from_on": CLAIMED, "amount": Money(60_00), "to_landlord": True})


def save(sheet, qtbot):
    QTest.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: sheet.over)


def test_a_claim_is_told_before_it_is_saved_and_kept(opened, office, qtbot):
    fill(opened)
    told = opened.effects.text()
    assert "Left for the tenant: £40.00 a week" in told
    assert "Eligible a week: £100.00" in told
    save(opened, qtbot)
    assert office.messages.text == "Housing Benefit of 0012 4471 03: £60.00 a week from 2 Nov 2026, to us."
    row = office.desk.ask(lambda ctx: ctx.session.scalars(select(BenefitClaim)).one())
    assert (row.kind, row.state, row.claimed_on) == (BenefitKind.HOUSING_BENEFIT, ClaimState.LIVE, CLAIMED)


def test_by_the_menu_the_live_claim_is_shown_and_changed(opened, office, page, header, qtbot):
    fill(opened)
    save(opened, qtbot)
    again = ClaimController(office, page, header)
    wait(qtbot, lambda: again.sheet is not None and again.sheet.isVisible())
    assert again.sheet.fields.values()["amount"] == Money(60_00)
    assert not again.sheet.fields.field("kind").isEnabled()
    again.sheet.fields.fill({"from_on": date(2026, 11, 23), "amount": Money(64_20)})
    assert "The award before ends: 22 Nov 2026" in again.sheet.effects.text()
    save(again.sheet, qtbot)
    found = office.desk.ask(lambda ctx: ctx.session.scalars(select(BenefitAward).order_by(BenefitAward.id)).all())
    assert [(row.amount_pence, row.to_on) for row in found] == [(60_00, date(2026, 11, 22)), (64_20, None)]


def test_an_amount_without_its_day_stands_beside_the_field(opened):
    opened.fields.fill({"claimed_on": CLAIMED, "amount": Money(60_00)})
    assert "Type the day from which it is awarded." in opened.effects.text()
    opened.confirm_action.trigger()
    assert opened.fields.error_of("from_on") == "Type the day from which it is awarded."


def test_universal_credit_has_a_portal_day(opened):
    assert not opened.fields.field("portal_on").isEnabled()
    opened.fields.fill({"kind": BenefitKind.UNIVERSAL_CREDIT, "claimed_on": CLAIMED})
    assert opened.fields.field("portal_on").isEnabled()
    assert "Confirm the rent on the landlord portal" in opened.effects.text()


def test_the_part_shows_claims_and_what_came(opened, office, header, qtbot):
    fill(opened)
    save(opened, qtbot)
    part = BenefitsController(office)
    qtbot.addWidget(part.widget)
    part.widget.resize(560, 500)
    part.widget.show()
    counted = []
    part.counted.connect(counted.append)
    part.show(header.account_id, header)
    wait(qtbot, lambda: bool(counted))
    shown = part.widget
    assert [row.expected for row in shown.periods.rows] == [Money(60_00), Money(60_00)]
    assert shown._sum.text() == "£120.00 has not come"
    shown.table.setFocus()
    shown.claims.opened.emit(shown.claims.row())
    wait(qtbot, lambda: shown.window().findChild(ClaimSheet) is not None)
    sheet = shown.window().findChild(ClaimSheet)
    wait(qtbot, sheet.isVisible)
    assert sheet.fields.values()["amount"] == Money(60_00)
    sheet.done(0)
    part.clear()
    assert shown.periods.rows == ()


def test_the_register_leads_with_differences(opened, office, qtbot):
    fill(opened)
    save(opened, qtbot)
    register = ClaimsController(office)
    qtbot.addWidget(register.page)
    register.page.show()
    register.refresh()
    wait(qtbot, lambda: len(register.page.model.rows) == 1)
    row = register.page.model.rows[0]
    assert (row.expected, row.received) == (Money(120_00), Money(0))
    wait(qtbot, lambda: register.page._buttons[0].text() == "Differences  1")
