"""What is ordered under a contract wants no quotations, so a second officer approves its days and value, and the approver reads who."""

from datetime import date

import pytest

from app.models.purchase_orders.suppliers import SupplierContract
from app.models.values import Money
from app.services.approvals import commands as deciding
from app.services.approvals import queries as approvals
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands
from app.services.purchase_orders.suppliers import commands as suppliers
from app.services.purchase_orders.suppliers import queries
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields

TYPED = ContractFields("C1", "Lamps", date(2026, 4, 1), date(2027, 3, 31), Money(7_000_00))


def decide(office, step=deciding.approve):
    """Approve, or refuse, what waits of the contract."""
    asked = office.desk.ask(lambda ctx: ctx.session.get_one(SupplierContract, 1).request_id)
    done = office.colleague.do(step, [asked], *(() if step is deciding.approve else ("Too long",)))
    assert not done.refused, done.refused


def change(office, **values):
    """Change the contract as its sheet does."""
    kept = office.desk.ask(queries.kept_contract, 1)
    return office.desk.do(suppliers.change_contract, 1, kept.values | values, kept.version).told


def shown(office):
    return office.desk.ask(queries.detail, office.supplier).contracts[0]


def test_nothing_is_ordered_under_a_contract_that_waits_or_was_refused(office):
    told = office.desk.do(suppliers.add_contract, office.supplier, TYPED).told
    assert told.endswith("waits for a second officer; nothing is ordered under it until then.")
    with pytest.raises(UserError, match="Contract C1 isn't approved by a second officer"):
        office.draft(office.line(quantity=480), contract_id=1)
    with pytest.raises(UserError, match="Contract C1 waits for a second officer already"):
        change(office, value=Money(8_000_00))
    decide(office, deciding.refuse)
    assert (shown(office).stands, shown(office).waits) == (False, "")
    with pytest.raises(UserError, match="isn't approved"):
        office.draft(office.line(quantity=480), contract_id=1)
    change(office, ends_on=date(2026, 12, 31))
    decide(office)
    assert (shown(office).stands, shown(office).ends_on) == (True, date(2026, 12, 31))
    office.draft(office.line(quantity=480), contract_id=1)


def test_a_contract_goes_on_as_it_is_until_its_change_is_approved_and_the_rest_changes_at_once(office):
    office.desk.do(suppliers.add_contract, office.supplier, TYPED)
    decide(office)
    assert change(office, warn_days=30).endswith("has the contract C1 as it is now.")
    change(office, value=Money(9_000_00), title="Lamps and tubes")
    found = shown(office)
    assert (found.value, found.title, found.waits) == (
        Money(7_000_00),
        "Lamps and tubes",
        "Contract C1: £9,000.00 to 31 Mar 2027 waits for a second officer.",
    )
    with pytest.raises(UserError, match="another officer has to"):
        office.desk.do(deciding.approve, [found.request_id])
    decide(office, deciding.refuse)
    assert (shown(office).value, shown(office).waits, shown(office).stands) == (Money(7_000_00), "", True)
    change(office, value=Money(9_000_00))
    decide(office)
    assert (shown(office).value, shown(office).waits) == (Money(9_000_00), "")


def test_the_approver_of_an_order_reads_who_kept_and_who_approved_the_contract_and_what_it_is_now(office):
    office.desk.do(suppliers.add_contract, office.supplier, TYPED)
    decide(office)
    made = office.draft(office.line(quantity=480), contract_id=1)
    asked = office.desk.do(commands.ask, made.order_id, made.version).request_id

    def read():
        found = office.colleague.ask(approvals.request, asked)
        return next(each.before for each in found.details if each.label == "Contract"), found.overtaken

    kept = "until 31 Mar 2027; kept by Test Officer on 21 Nov 2026, approved by Test Colleague"
    was = f"C1 Lamps, worth £7,000.00, {kept}"
    assert read() == (was, ())
    change(office, value=Money(9_000_00))
    assert read() == (was, ())
    decide(office)
    (said,) = read()[1]
    assert said == f"Contract was '{was}' when this was asked; it is 'C1 Lamps, worth £9,000.00, {kept}' now."
