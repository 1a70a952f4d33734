"""A card by telephone from the sheet that takes payments: who takes cards is asked first, then the sheet waits for it."""

from sqlalchemy import select

from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.receipts import Receipt
from app.models.values import CardProvider, TakenBy
from app.services.ledger import queries as ledger
from app.services.reception_payments.cards import commands as cards
from app.services.reception_payments.cards.dto.asked import CardSettings
from app.views.reception_payments.card_waiting import WaitingSheet
from app.views.reception_payments.take import TakeSheet
from tests.views.desktop import type_text
from tests.views.purchase_orders.hands import CTRL, Key


def filled(hands, owing):
    """The sheet with a caller on the telephone who proved who they are and pays £60.00 by card."""
    hands.press(Key.Key_Return, CTRL)
    sheet = hands.sheet(TakeSheet)
    sheet.how.way.set_value("telephone")
    sheet.how.method.set_value(TakenBy.CARD)
    sheet.caller_wanted.emit(owing.rent)
    hands.until(lambda: sheet.caller is not None and sheet.who.hasFocus())
    for key in (Key.Key_1, Key.Key_2):
        hands.press(key, on=sheet.who)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "60")
    return sheet


def test_without_somebody_who_takes_cards_nothing_is_begun(tab, landlord_desk, owing):
    _, hands = tab
    sheet = filled(hands, owing)

    hands.press(Key.Key_Return, CTRL, on=sheet)

    hands.until(lambda: sheet.messages.text or hands.wrong(sheet))
    assert not sheet.over
    assert landlord_desk.ask(lambda ctx: ctx.session.scalars(select(CardPayment)).all()) == []


def test_the_sheet_waits_for_the_card_and_its_receipt_follows(tab, landlord_desk, owing):
    controller, hands = tab
    landlord_desk.do(cards.set_settings, CardSettings(CardProvider.TERMINAL))
    opened = []
    object.__setattr__(controller.office, "open_record", lambda subject, key: opened.append((subject, key)))
    sheet = filled(hands, owing)

    hands.press(Key.Key_Return, CTRL, on=sheet)
    waiting = hands.sheet(WaitingSheet)
    hands.until(waiting.isVisible)
    type_text(waiting, "T4711")
    hands.press(Key.Key_Return, CTRL, on=waiting)
    hands.until(lambda: waiting.shown.finished)
    hands.press(Key.Key_Return, CTRL, on=waiting)
    hands.until(lambda: bool(opened))

    (row,) = landlord_desk.ask(lambda ctx: ctx.session.scalars(select(Receipt)).all())
    assert (row.taken_by, row.pence, row.person_id) == (TakenBy.CARD, 60_00, owing.person)
    assert opened[0][1] == row.id
    assert landlord_desk.ask(ledger.balance, owing.rent).pence == 190_00
