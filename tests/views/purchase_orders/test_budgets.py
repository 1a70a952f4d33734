"""Budgets on screen: a bar for each code, its book, a virement by the grid, and a file looked through before it is loaded."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.purchase_orders.budgets import CostCentre
from app.models.values import BudgetMoveState, Money, Subject
from app.services.purchase_orders.budgets import keeping, queries
from app.services.purchase_orders.budgets.dto import BudgetFilter, BudgetView
from app.services.purchase_orders.budgets.loading import reading
from app.views.purchase_orders.budget_bars import bar_of
from app.views.purchase_orders.budget_card import CENTRES_AT, CHANGES_AT
from app.views.purchase_orders.budget_sheets import CentreSheet, CodeSheet, HolderSheet, LoadSheet, MoveSheet
from app.views.purchase_orders.controller.budget_doing import LoadedWork
from app.views.purchase_orders.controller.budgets import BudgetsController
from app.views.purchase_orders.controller.subjectives import CodesController
from tests.factories import purchasing
from tests.prepared import prepared
from tests.views.desktop import wait


@pytest.fixture
def landlord_desk(desk, colleague):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@prepared
def made(landlord_desk):
    """£100.00 with an order of £60.00, a third of it received, and £45.00 spent: £5.00 over; and £900.00 untouched."""

    def make(ctx):
        one = purchasing.budget(ctx, pence=100_00, holder_id=ctx.officer.id)
        two = purchasing.budget(ctx, subjective="4130", pence=900_00)
        order = purchasing.order(ctx, (3, 20, {one: 60_00}))
        purchasing.lines(ctx, order.id)[0].received = 1_000
        keeping.restate(ctx, order.id, purchasing.TODAY, Subject.GOODS_RECEIPT, 1, "Received")
        keeping.spend(ctx, [(one, 45_00, purchasing.TODAY, "Invoice")], Subject.SUPPLIER_INVOICE, 1)
        return one, two

    return landlord_desk.do(make)


@pytest.fixture
def page(made, office, qtbot):
    controller = BudgetsController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1440, 860)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.refresh()
    wait(qtbot, lambda: controller.page.model.rowCount() == 2 and not office.tasks.busy)
    controller.page.desk = controller  # kept alive with its page
    return controller.page


def sheet_of(page, kind, qtbot):
    wait(qtbot, lambda: bool(page.findChildren(kind)))
    return page.findChildren(kind)[-1]


def shown(page, key, row=0):
    at = next(at for at, column in enumerate(page.model.columns) if column.key == key)
    return page.model.data(page.model.index(row, at))


def test_a_code_that_is_over_says_so_in_words_and_its_bar_has_each_part(page):
    assert (shown(page, "code"), shown(page, "used"), shown(page, "left")) == ("HR100 4120", "105%", "5.00 over")
    assert bar_of(page.model.rows[0]) == (100_00, (45_00, 20_00, 40_00))
    card = page.card
    assert (card.state.text(), card.left.accessibleName()) == ("Over budget", "Over £5.00")
    assert [words.text() for words in card._words.values()] == ["Spent £45.00", "Owed £20.00", "Bound £40.00"]
    assert [row.left.pence for row in card.centres.rows] == [895_00]
    assert card.parts.tabs.tabText(CENTRES_AT) == "Cost centres  1"


def test_the_book_opens_the_document_of_a_line(page, office, qtbot, monkeypatch):
    wait(qtbot, lambda: len(page.card.book.rows) == 5)
    assert [row.document for row in page.card.book.rows][-2:] == ["PO00001", ""]
    opened = []
    monkeypatch.setattr(type(office), "open_record", lambda _office, *about: opened.append(about))
    page.card.book_table.opened.emit(page.card.book.rows[-2])
    page.card.book_table.opened.emit(page.card.book.rows[-1])
    assert opened == [(Subject.PURCHASE_ORDER, 1)]


def test_the_views_and_the_field_list_what_is_asked_for(page, office, qtbot):
    over = next(at for at, (_words, view) in enumerate(page.choices) if view is BudgetView.OVER)
    assert page._buttons[over].text() == "Over budget  1"
    page._buttons[over].click()
    wait(qtbot, lambda: page.model.rowCount() == 1)
    page._buttons[0].click()
    page.text.setText("4130")
    wait(qtbot, lambda: [row.subjective for row in page.model.rows] == ["4130"])


def test_a_virement_is_typed_told_and_asked_for(page, office, qtbot, landlord_desk, made):
    one, two = made
    page.virement_wanted.emit()
    sheet = sheet_of(page, MoveSheet, qtbot)
    line = {"given": "", "taken": ""}
    codes = landlord_desk.ask(queries.choices)
    typed = [[str(each.budget_id), each.code, ""] for each in codes]
    sheet.grid.retype([line | {"code": typed[0], "given": "10.00"}, line | {"code": typed[1], "taken": "9.00"}])
    sheet.fields.fill({"reason": "More paint"})
    wait(qtbot, lambda: "It is out by £1.00" in sheet.effects.text())
    sheet.grid.retype([line | {"code": typed[0], "given": "10.00"}, line | {"code": typed[1], "taken": "10.00"}])
    assert sheet.command().lines == ((one, Money(10_00)), (two, Money(-10_00)))
    sheet.confirmed.emit()
    wait(qtbot, lambda: page.card.parts.tabs.tabText(CHANGES_AT) == "Changes  1")
    assert [(row.number, row.state) for row in page.card.changes.rows] == [("BM00001", BudgetMoveState.WAITING)]


def test_a_file_is_looked_through_before_it_is_loaded(page, office, qtbot, landlord_desk, tmp_path):
    path = tmp_path / "budgets.csv"
    path.write_text("Cost centre,Subjective,Name,Original\nHR100,4140,Doors,250\nHR100,4150,,10\n", "utf-8")
    LoadedWork(office, page, reading.read(path))
    sheet = sheet_of(page, LoadSheet, qtbot)
    wait(qtbot, lambda: [(each.row, each.field) for each in sheet.mistakes.rows] == [(3, "subjective")])
    assert "1 thing to put right" in sheet.effects.text()
    sheet.close()
    path.write_text("Cost centre,Subjective,Name,Original\nHR100,4140,Doors,250\nHR100,4130,,950\n", "utf-8")
    LoadedWork(office, page, reading.read(path))
    wait(qtbot, lambda: sheet_of(page, LoadSheet, qtbot).preview.rowCount() == 2)
    sheet = sheet_of(page, LoadSheet, qtbot)
    assert "A revision of 1 code is asked for, £50.00 more in all." in sheet.effects.text()
    assert "1 code given £250.00 in all, once a second officer approves." in sheet.effects.text()
    sheet.confirmed.emit()
    wait(qtbot, lambda: page.model.rowCount() == 3 and page.card.changes.rowCount() == 2)
    assert landlord_desk.ask(queries.budgets, BudgetFilter(2026)).rows[1].given == Money(900_00)


def test_a_code_is_changed_in_its_own_section(made, office, qtbot, landlord_desk):
    controller = CodesController(office)
    qtbot.addWidget(controller.page)
    controller.page.show()
    controller.page.refresh_wanted.emit(None)
    wait(qtbot, lambda: controller.page.model.rowCount() == 2)
    controller.page.opened.emit(controller.page.model.rows[0])
    sheet = sheet_of(controller.page, CodeSheet, qtbot)
    sheet.fields.fill({"name": "Paint and brushes"})
    sheet.confirmed.emit()
    wait(qtbot, lambda: landlord_desk.ask(queries.codes)[0].name == "Paint and brushes" and not office.tasks.busy)


def test_who_answers_for_a_budget_is_its_own_and_who_left_stays_chosen(page, landlord_desk, made, qtbot):
    """The first budget has its own holder; the second has none, and the cost centre's is not put in its place."""

    def leave(ctx):
        centre = ctx.session.scalars(select(CostCentre)).one()
        centre.holder_id = ctx.officer.id

    landlord_desk.do(leave)
    rows = landlord_desk.ask(queries.budgets, BudgetFilter(2026)).rows
    form = replace(landlord_desk.ask(queries.form), officers=())
    own, other = (HolderSheet(page, row, form) for row in rows)
    assert own.fields.field("holder_id").currentText() == "Test Officer, out of use"
    assert own.command() == (rows[0].holder_id,)
    assert (rows[1].holder, other.command()) == ("Test Officer", (None,))
    centre = CentreSheet(page, form.centres[0], form)
    assert centre.command().holder_id == rows[0].holder_id
