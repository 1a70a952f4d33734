"""A written-on credit that somebody asks for: back on its account, its refund begun, its gate open."""

from app.models.values import Money
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.views.adjustments.controller.written_on import WrittenOnController
from app.views.adjustments.gate import GateSheet
from app.views.adjustments.written_on import ClaimSheet
from tests.factories import adjusting
from tests.views.desktop import wait


def test_a_written_on_credit_is_claimed_and_its_gate_opens(office, accounts, qtbot):
    office.desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    office.desk.do(adjusting.write_on, accounts["Specimen"], 20_00)
    listed = WrittenOnController(office)
    page = listed.page
    qtbot.addWidget(page)
    page.show()
    wait(qtbot, lambda: page.model.rows and not office.tasks.busy)
    (row,) = page.model.rows
    assert (row.number, row.amount, row.refund_id) == (900, Money(20_00), None)

    def sheet_of(kind):
        wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)) and not office.tasks.busy)
        return next(each for each in page.findChildren(kind) if each.isVisible())

    next(each for each in page.actions() if each.text() == "They ask for it").trigger()
    sheet = sheet_of(ClaimSheet)
    sheet.fields.fill({"reason": "Wrote from a new address"})
    sheet.confirm_action.trigger()
    gate = sheet_of(GateSheet)
    assert gate.found.amount == Money(20_00)
    gate.done(0)
    listed.refresh()
    wait(qtbot, lambda: page.model.rows[0].refund_id == gate.found.refund_id and not office.tasks.busy)
