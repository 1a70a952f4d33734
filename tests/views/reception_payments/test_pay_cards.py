"""Pay point cards by keyboard: ordered, sent to the supplier, answered, replaced, cancelled, and found again."""

from PySide6.QtWidgets import QLineEdit, QWidget
from sqlalchemy import select

from app.models.access import RestrictedRecord
from app.models.accounts import Account
from app.models.reception_payments.pay_cards import PayCard
from app.models.values import PayCardReason, PayCardState, Subject
from app.services.core import finding, search_index
from app.services.reception_payments.pay_cards import commands, queries
from app.services.reception_payments.pay_cards.dto import CardFilter
from app.services.reception_payments.receipts import beginning
from app.views.reception_payments.book import BookSheet
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.controller.pay_cards import PayCardsController
from app.views.reception_payments.income import IncomeSheet
from app.views.reception_payments.link import LinkSheet
from app.views.reception_payments.pay_card_sheets import AnswerSheet, CancelSheet, FilesSheet, OrderSheet
from app.views.rent.controller.pay_cards_of_account import PayCardsOfAccountController
from tests.factories import purchasing
from tests.prepared import prepared
from tests.services.reception_payments.conftest import clerk  # noqa: F401  a fixture
from tests.services.reception_payments.pay_cards.test_pay_cards import FIRST, SECOND
from tests.views.desktop import answer_file
from tests.views.purchase_orders.hands import BOTH, CTRL, Key
from tests.views.reception_payments.sections import section  # noqa: F401  a fixture


@prepared
def supplier(desk, reception):
    """The supplier gave its prefix; the two homes are found by their references."""

    def make(ctx):
        purchasing.policy(ctx, "pay_cards.prefix", "9826")
        search_index.index_record(ctx, Subject.ACCOUNT, reception.rent, "Alex Sample", "70 0001")
        search_index.index_record(ctx, Subject.ACCOUNT, reception.other, "Sam Else", "70 0002")

    desk.do(make)
    return reception


def restrict(ctx, account_id):
    """Only named roles may open the record of this account."""
    tenancy_id = ctx.session.get_one(Account, account_id).tenancy_id
    kept = {"reason": "Safety", "restricted_by": ctx.officer.id, "restricted_at": ctx.clock.now()}
    ctx.session.add(RestrictedRecord(subject=Subject.TENANCY, subject_id=tenancy_id, **kept))


def cards(desk):
    rows = select(PayCard).order_by(PayCard.id)
    return desk.ask(lambda ctx: [(row.reference, row.state, row.reason) for row in ctx.session.scalars(rows)])


def test_a_card_is_ordered_for_the_account_that_is_found(desk, supplier, section):  # noqa: F811
    controller, hands = section(PayCardsController)
    sheet = hands.opens(OrderSheet, Key.Key_N, CTRL)
    hands.picks(sheet, "account_id", "Alex")
    hands.until(lambda: sheet.found is not None)
    hands.saves(sheet)
    assert cards(desk) == [(FIRST, PayCardState.ORDERED, PayCardReason.FIRST)]
    assert hands.told() == "1 card ordered."
    hands.until(lambda: controller.page.model.rowCount() == 1)

    again = hands.opens(OrderSheet, Key.Key_N, CTRL)
    hands.picks(again, "account_id", "Alex")
    hands.until(lambda: again.found is not None)
    assert "is on order already" in hands.refused(again, "account_id")


def test_the_file_is_saved_when_it_is_made_and_again_from_the_list_of_files(desk, supplier, section, qtbot, tmp_path):  # noqa: F811
    desk.do(commands.order, [supplier.rent])
    controller, hands = section(PayCardsController)
    hands.press(Key.Key_E, BOTH)
    hands.until(lambda: "File 1 has 1 card" in hands.told())
    answer_file(qtbot, controller.page, tmp_path / "cards.csv")
    hands.until(lambda: "Saved as cards.csv" in hands.told())
    assert FIRST in (tmp_path / "cards.csv").read_text(encoding="utf-8-sig")

    sheet = hands.opens(FilesSheet, Key.Key_L, BOTH)
    assert [(row.count, row.waiting) for row in sheet.model.rows] == [(1, 1)]
    hands.press(Key.Key_Return, CTRL, on=sheet)
    answer_file(qtbot, controller.page, tmp_path / "again.csv")
    hands.until(lambda: "Saved as again.csv" in hands.told())
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "cards.csv").read_bytes()


def test_an_answer_with_a_mistake_shows_it_and_takes_nothing(desk, supplier, section, tmp_path):  # noqa: F811
    desk.do(commands.order, [supplier.rent])
    desk.do(commands.make_file, "one")
    controller, hands = section(PayCardsController)
    path = tmp_path / "answer.csv"
    path.write_text(f"Card reference,Status\n{FIRST},issued\n{SECOND},issued\n", encoding="utf-8")
    controller.read_answer(path)
    sheet = hands.sheet(AnswerSheet)
    assert [row.message for row in sheet.mistakes.rows] == ["No card of ours has this reference."]
    assert sheet.primary is None
    sheet.close()
    path.write_text(f"Card reference,Status\n{FIRST},issued\n", encoding="utf-8")
    controller.read_answer(path)
    sheet = hands.sheet(AnswerSheet)
    hands.saves(sheet)
    assert cards(desk)[0][1] is PayCardState.ISSUED
    assert "1 issued, 0 refused, 1 letter queued." in hands.told()

    hands.until(lambda: controller.page.model.rowCount() == 1 and controller.page.model.rows[0].state.value == "issued")
    sheet = hands.opens(OrderSheet, Key.Key_F7)
    hands.until(lambda: sheet.found is not None)
    assert sheet.found.reasons[0] is PayCardReason.LOST
    hands.saves(sheet)
    assert cards(desk)[0][1] is PayCardState.ENDED
    assert cards(desk)[1] == (SECOND, PayCardState.ORDERED, PayCardReason.LOST)


def test_a_card_is_cancelled_with_a_reason(desk, supplier, section):  # noqa: F811
    desk.do(commands.order, [supplier.rent])
    _, hands = section(PayCardsController)
    sheet = hands.opens(CancelSheet, Key.Key_Delete, CTRL)
    assert "Say why" in hands.refused(sheet, "why")
    hands.types(sheet, why="Pays by Direct Debit now")
    hands.saves(sheet)
    assert cards(desk)[0][1] is PayCardState.ENDED


def test_cards_are_found_by_reference_name_and_state_and_never_those_of_a_shut_account(desk, supplier, clerk):  # noqa: F811
    desk.do(commands.order, [supplier.rent, supplier.other])
    found = desk.ask(queries.found, CardFilter(words="else"))
    assert [row.reference for row in found] == [SECOND]
    assert len(desk.ask(queries.found, CardFilter(PayCardState.ORDERED, "982600"))) == 2
    assert desk.ask(queries.found, CardFilter(PayCardState.ENDED)) == ()
    assert desk.ask(queries.counts)[PayCardState.ORDERED] == 2
    (group,) = clerk.ask(finding.find, SECOND[:12] + " " + SECOND[12:])
    assert [each.title for each in group.found] == [f"Card {SECOND}"]
    desk.do(restrict, supplier.other)
    assert clerk.ask(queries.found, CardFilter(words="else")) == ()
    assert clerk.ask(finding.find, SECOND) == ()
    assert [row.shut for row in clerk.ask(queries.found, CardFilter())] == [True, False]


def test_the_account_shows_its_cards_and_begins_an_order(desk, supplier, office, qtbot, monkeypatch):
    desk.do(commands.order, [supplier.rent])
    part = PayCardsOfAccountController(office)
    qtbot.addWidget(part.widget)
    part.show(supplier.rent, None)
    qtbot.waitUntil(lambda: part.widget.cards.rowCount() == 1)
    assert part.widget.said.text() == "1 card; none is issued."


def test_the_reference_of_a_card_may_be_typed_where_payment_cards_are_watched_for(qtbot):
    """6304000000000000018 lies in the range of Maestro and passes Luhn, as 4111111111111111 of Visa does."""
    sheet = QWidget()
    qtbot.addWidget(sheet)
    field = QLineEdit(sheet)
    told = []
    guard = CardGuard(sheet, told.append, ("6304", 19))
    for text in ("6304000000000000018", "6304 0000 0000 0000 018"):
        field.setText(text)
        assert field.text() == text
    field.setText("4111111111111111")
    assert (field.text(), len(told)) == ("", 1)
    guard.deleteLater()
    CardGuard(sheet, told.append, ("6", 19))
    field.setText("6304000000000000018")
    assert field.text() == ""


def test_every_sheet_that_takes_a_reference_knows_those_of_cards(desk, reception, qtbot):
    """Other income, the receipt book and the link to pay, as the sheet of a payment does."""
    for key, value in (("prefix", "6304"), ("length", "19")):
        desk.do(lambda ctx, key=key, value=value: purchasing.policy(ctx, f"pay_cards.{key}", value))
    form = desk.ask(beginning.take_form)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = IncomeSheet(parent, form), BookSheet(parent, form), LinkSheet(parent, 1, "1", "", form.pay_cards)
    for sheet, field in zip(made, ("words", "paper", "recipient"), strict=True):
        line = sheet.fields.field(field) if field != "paper" else sheet.grid.findChildren(QLineEdit)[1]
        line.setText("6304000000000000018")
        assert line.text() == "6304000000000000018"
        line.setText("4111111111111111")
        assert line.text() == ""
