"""What is ordered under a contract wants no quotations, so the approver reads whose word its value and its end are."""

from datetime import date

from app.models.purchase_orders.suppliers import SupplierContract
from app.models.values import Money
from app.services.approvals import queries as approvals
from app.services.purchase_orders.orders import commands
from app.services.purchase_orders.suppliers import commands as suppliers
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields


def test_the_approver_reads_who_kept_the_contract_and_that_it_was_changed_since(office):
    typed = ContractFields("C1", "Lamps", date(2026, 4, 1), date(2027, 3, 31), Money(7_000_00))
    office.desk.do(suppliers.add_contract, office.supplier, typed)
    made = office.draft(office.line(quantity=480), contract_id=1)
    asked = office.desk.do(commands.ask, made.order_id, made.version).request_id

    def read():
        found = office.colleague.ask(approvals.request, asked)
        return next(each.before for each in found.details if each.label == "Contract"), found.overtaken

    kept = "until 31 Mar 2027; kept by Test Officer on 21 Nov 2026"
    assert read() == (f"C1 Lamps, worth £7,000.00, {kept}", ())

    def raise_it(ctx):
        ctx.session.get_one(SupplierContract, 1).value_pence = 9_000_00

    office.colleague.do(raise_it)
    (said,) = read()[1]
    now = f"C1 Lamps, worth £9,000.00, {kept}, changed last by Test Colleague on 21 Nov 2026"
    was = f"C1 Lamps, worth £7,000.00, {kept}"
    assert said == f"Contract was '{was}' when this was asked; it is '{now}' now."
