"""A payment by telephone with a card, by keyboard alone: find, verify, amount, take, the card at the provider, the receipt."""

import pytest

from app.models.landlord import Setting
from app.models.values import CardProvider, TakenBy
from app.services.ledger import queries as ledger
from app.services.reception_payments.cards import commands, keeping
from app.services.reception_payments.cards.dto.asked import CardSettings
from app.views.reception_payments.card_waiting import WaitingSheet
from app.views.reception_payments.controller import card_waiting
from tests.services.reception_payments.cards.conftest import pay
from tests.services.reception_payments.cards.pay_standin import KEY
from tests.views.desktop import type_text
from tests.views.purchase_orders.hands import CTRL, Key
from tests.views.reception_payments.test_taking import begun, prove, receipts, words

__all__ = ["pay"]


@pytest.fixture
def pages(landlord_desk, pay, monkeypatch):
    """The office takes cards at the stand-in; the pages that were opened in the browser."""
    found = []
    landlord_desk.do(commands.set_settings, CardSettings(CardProvider.GOVUK_PAY), KEY)
    landlord_desk.do(lambda ctx: ctx.session.add(Setting(key=keeping.URL, value=pay.url)))
    monkeypatch.setattr(card_waiting, "open_page", found.append)
    monkeypatch.setattr(card_waiting, "EACH_MS", 50)
    return found


def test_a_telephone_payment_takes_at_most_eight_keys(tab, landlord_desk, owing, pages, pay):
    _, hands = tab
    sheet, counted = begun(hands)
    sheet.how.way.set_value("telephone")
    sheet.how.method.set_value(TakenBy.CARD)
    hands.until(lambda: sheet.caller is not None and len(sheet.who.ticks) == 3)
    sheet.who.setFocus()
    prove(sheet, counted, 1, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "60")
    counted.press(Key.Key_Return, CTRL, on=sheet)

    waiting = hands.sheet(WaitingSheet)
    hands.until(lambda: pages)
    assert pages == [f"{pay.url}/secure/{pay.only()}"]
    assert "Pause the recording" in words(waiting)
    assert receipts(landlord_desk) == []
    pay.become("success")
    hands.until(lambda: waiting.shown.finished)
    counted.press(Key.Key_Return, CTRL, on=waiting)

    (row,) = receipts(landlord_desk)
    assert counted.keys <= 8
    assert (row.pence, row.taken_by, row.slip, row.proved_by) == (60_00, TakenBy.CARD, pay.only(), "birth,postcode")
    assert landlord_desk.ask(ledger.balance, owing.rent).pence == 190_00
