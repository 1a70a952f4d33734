"""Suppliers kept, changed, suspected twice, closed, and listed."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.values import BlockScope, CisStatus, Money, OrderState, SupplierState
from app.services.approvals.commands import approve
from app.services.core.clock import FixedClock
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.core.finding import find
from app.services.diary import queries as diary
from app.services.diary.dto import TaskFilter, Whose
from app.services.purchase_orders.suppliers import cis_before, commands, daily, listing, queries
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields
from app.services.purchase_orders.suppliers.dto import (
    CisRow,
    NewBlock,
    NewSupplier,
    SupplierFields,
    SupplierFilter,
    SupplierSort,
    SupplierView,
)
from tests.factories import purchasing

TODAY = date(2026, 11, 21)


@pytest.fixture
def fields(desk):
    """A supplier as typed, with every field right."""
    return SupplierFields(
        name="Sample Roofing Limited",
        category_id=desk.ask(purchasing.category, "repairs"),
        trading_as="Roofs by Sample",
        finance_reference="F-7001",
        address="2 Sample Way\n\nAnytown\nat2 2aa",
        phone="01632 960200",
        email="orders@example.com",
        company_number="7654321",
        vat_number="GB 123 4567 27",
        cis=CisStatus.REGISTERED,
        cis_reference="V1234567890",
        cis_verified_on=date(2026, 4, 6),
    )


def listed(desk, **wanted):
    """The names of the suppliers that a filter finds, in order."""
    ids = desk.ask(listing.ids, SupplierFilter(**wanted), SupplierSort.NAME, descending=False)
    assert desk.ask(listing.totals, SupplierFilter(**wanted)).count == len(ids)
    return [row.name for row in desk.ask(listing.rows, list(ids))]


def test_a_supplier_is_kept_once_with_its_fields_in_form_and_found(desk, fields):
    first = desk.do(commands.add, NewSupplier("key:1", fields))
    assert desk.do(commands.add, NewSupplier("key:1", fields)).supplier_id == first.supplier_id
    assert first.told == "S00001 Sample Roofing Limited is kept."
    kept = desk.ask(queries.detail, first.supplier_id)
    assert (kept.fields.company_number, kept.fields.vat_number, kept.row.postcode) == (
        "07654321",
        "123456727",
        "AT2 2AA",
    )
    assert kept.fields.address == "2 Sample Way\nAnytown\nAT2 2AA"
    for text in ("S00001", "roofs", "F-7001", "123456727"):
        assert [each.found[0].title for each in desk.ask(find, text)] == ["S00001 Sample Roofing Limited"]


def test_every_fault_is_named_with_its_field(desk, fields):
    wrong = replace(
        fields,
        name=" ",
        phone="12",
        email="orders at example",
        vat_number="123456789",
        company_number="x",
        cis_reference="",
        terms_days=31,
        note="4111 1111 1111 1111",
    )
    with pytest.raises(UserErrors) as refused:
        desk.do(commands.add, NewSupplier("key:1", wrong))
    assert {each.field for each in refused.value.errors} == {
        "name",
        "phone",
        "email",
        "vat_number",
        "company_number",
        "cis_reference",
        "terms_days",
        "note",
    }


def test_one_that_may_be_there_is_shown_and_only_kept_with_a_tick(desk, fields):
    desk.do(purchasing.supplier, "Sample Roofing Ltd", vat_number="123456727", postcode_key="AT22AA")
    desk.do(purchasing.supplier, "Other Paper Ltd", vat_number="")
    assert [each.words for each in desk.ask(queries.alike, fields)] == [
        "S00001 Sample Roofing Ltd: the same VAT number, the same name, the same postcode"
    ]
    with pytest.raises(UserError, match="It may be there already: S00001 Sample Roofing Ltd") as refused:
        desk.do(commands.add, NewSupplier("key:1", fields))
    assert refused.value.field == "alike_seen"
    assert desk.do(commands.add, NewSupplier("key:1", fields, alike_seen=True)).told.startswith("S00003 ")


def test_a_supplier_that_is_renamed_to_another_is_told(desk, fields):
    made = desk.do(commands.add, NewSupplier("key:1", fields)).supplier_id
    desk.do(purchasing.supplier, "Other Paper Ltd", vat_number="")
    kept = desk.ask(queries.kept, made)
    told = desk.do(commands.change, made, kept.values | {"name": "Other Paper Limited"}, kept.version).told
    assert "Look whether it is there twice: S00002 Other Paper Ltd" in told
    kept = desk.ask(queries.kept, made)
    assert "twice" not in desk.do(commands.change, made, kept.values | {"note": "Shut in August"}, kept.version).told


def test_two_officers_on_one_supplier_the_second_is_told(desk, fields):
    made = desk.do(commands.add, NewSupplier("key:1", fields)).supplier_id
    mine, theirs = desk.ask(queries.kept, made), desk.ask(queries.kept, made)
    desk.do(commands.change, made, mine.values | {"contact": "Sales desk"}, mine.version)
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.change, made, theirs.values | {"note": "Closed in August"}, theirs.version)
    now = desk.ask(queries.kept, made)
    assert (now.values["contact"], now.values["note"], now.by) == ("Sales desk", "", "Test Officer")


def test_a_hold_that_begins_on_a_day_to_come_blocks_nothing_yet_and_can_be_released(desk):
    made = desk.do(purchasing.supplier).id
    desk.do(commands.block, NewBlock(made, frozenset({BlockScope.ORDERS}), date(2026, 12, 1), "They move"))
    found = desk.ask(queries.detail, made).blocks[0]
    assert (found.stands, found.ahead, found.may_end) == (False, True, True)
    desk.do(commands.release, found.block_id, found.version, "They stay")
    found = desk.ask(queries.detail, made).blocks[0]
    assert (found.stands, found.ahead, found.may_end) == (False, False, False)


def test_holds_are_listed_released_and_not_made_twice(desk):
    made = desk.do(purchasing.supplier).id
    both = frozenset({BlockScope.ORDERS, BlockScope.PAYMENTS})
    hold = NewBlock(made, both, TODAY, "Insurance lapsed", date(2026, 12, 1))
    assert desk.do(commands.block, hold).told == "S00001 Sample Paints Limited is blocked for orders and payments."
    with pytest.raises(UserError, match="blocked for payments already"):
        desk.do(commands.block, replace(hold, scopes=frozenset({BlockScope.PAYMENTS})))
    with pytest.raises(UserError, match="after the one on which it begins"):
        desk.do(commands.block, replace(hold, release_on=TODAY))
    assert listed(desk, blocked=frozenset({BlockScope.PAYMENTS})) == ["Sample Paints Limited"]
    assert desk.ask(queries.choices, "paints")[0].warning == (
        "Sample Paints Limited is blocked for orders since 21 Nov 2026, until 1 Dec 2026: Insurance lapsed"
    )
    held = desk.ask(queries.detail, made).blocks
    desk.do(commands.release, held[0].block_id, held[0].version, "Certificate came")
    shown = desk.ask(queries.detail, made)
    assert [each.stands for each in shown.blocks] == [False, True]
    assert len(shown.row.blocked) == 1
    assert listed(desk, view=SupplierView.BLOCKED) == ["Sample Paints Limited"]


def test_a_supplier_with_open_orders_is_not_closed(desk):
    def order(ctx):
        budget, row = purchasing.budget(ctx), purchasing.supplier(ctx)
        return purchasing.order(ctx, (1, 50, {budget: 50_00}), supplier_id=row.id).id, row.id

    order_id, made = desk.do(order)
    with pytest.raises(UserError, match="1 order of Sample Paints Limited is open or waiting"):
        desk.do(commands.close, made, 1, "Ceased trading")
    desk.do(lambda ctx: setattr(ctx.session.get(purchasing.PurchaseOrder, order_id), "state", OrderState.CLOSED))
    desk.do(commands.close, made, 1, "Ceased trading")
    assert listed(desk, states=frozenset({SupplierState.CLOSED})) == ["Sample Paints Limited"]
    desk.do(commands.reopen, made, 2)
    assert listed(desk, states=frozenset({SupplierState.ACTIVE})) == ["Sample Paints Limited"]


def test_a_contract_shows_what_was_ordered_of_it_and_is_a_task_before_it_ends(desk, colleague):
    """Worth £1,000.00 to 31 Jan 2027, 71 days from today; 10 at £30.00 less 4 that were cancelled are £180.00."""
    made = desk.do(purchasing.supplier).id
    typed = ContractFields("C-1", "Paint", date(2026, 2, 1), date(2027, 1, 31), Money(1_000_00))
    desk.do(commands.add_contract, made, typed)
    with pytest.raises(UserErrors, match="has a contract C-1 already"):
        desk.do(commands.add_contract, made, typed)
    with pytest.raises(UserErrors, match="ends before it starts"):
        desk.do(commands.add_contract, made, replace(typed, number="C-2", ends_on=date(2026, 1, 31)))
    one = desk.ask(queries.detail, made).contracts[0]
    assert (desk.ask(queries.ending), listed(desk, view=SupplierView.ENDING)) == ((), [])
    colleague.do(approve, [one.request_id])

    def order(ctx):
        budget = purchasing.budget(ctx)
        row = purchasing.order(ctx, (10, 30, {budget: 300_00}), supplier_id=made, contract_id=one.contract_id)
        purchasing.lines(ctx, row.id)[0].cancelled = 4_000

    desk.do(order)
    shown = desk.ask(queries.detail, made)
    contract = shown.contracts[0]
    assert (contract.ordered, contract.left, contract.days, contract.ends_soon) == (
        Money(180_00),
        Money(820_00),
        71,
        True,
    )
    assert (shown.year.ordered, shown.year.open) == (Money(180_00), 1)
    assert listed(desk, view=SupplierView.ENDING) == ["Sample Paints Limited"]
    desk.do(daily.run)
    desk.do(daily.run)
    tasks = desk.ask(diary.tasks, TaskFilter(whose=Whose.ALL))
    assert [each.title for each in tasks] == ["Contract C-1 of Sample Paints Limited ends on 31 Jan 2027"]
    kept = desk.ask(queries.kept_contract, one.contract_id)
    desk.do(commands.change_contract, one.contract_id, kept.values | {"warn_days": 70}, kept.version)
    assert desk.ask(queries.ending) == ()
    assert listed(desk, view=SupplierView.ENDING) == []


def test_a_long_list_takes_as_many_statements_as_a_short_one(desk, query_log):
    for at in range(8):
        desk.do(purchasing.supplier, f"Sample {at}")
    counts = []
    for ids in ([1], list(range(1, 9))):
        query_log.clear()
        assert len(desk.ask(listing.rows, ids)) == len(ids)
        counts.append(len(query_log))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("text", ["s00002", "2", "paper", "at1 1aa", "GB123456782"])
def test_suppliers_are_found_by_what_is_typed(desk, text):
    def two(ctx):
        purchasing.supplier(ctx, "Sample Roofing", vat_number="", postcode_key="")
        purchasing.supplier(ctx, "Other Paper", postcode_key="AT11AA")

    desk.do(two)
    assert listed(desk, text=text) == ["Other Paper"]


def test_what_a_supplier_was_under_cis_is_kept_with_its_last_day(desk, fields):
    """Kept on 21 November as registered; gross since the 25th and, corrected the same day, not registered; gross since the 30th."""
    made = desk.do(commands.add, NewSupplier("key:1", fields)).supplier_id

    def change(day, **values):
        on = replace(desk, clock=FixedClock(date(2026, 11, day)))
        kept = on.ask(queries.kept, made)
        on.do(commands.change, made, kept.values | values, kept.version)

    change(21, note="Nothing of CIS")
    change(25, cis=CisStatus.GROSS)
    change(25, cis=CisStatus.UNREGISTERED, cis_reference="", cis_verified_on=None)
    change(30, cis=CisStatus.GROSS, cis_reference="V1234567890", cis_verified_on=date(2026, 11, 30))
    assert desk.ask(queries.detail, made).cis_before == (
        CisRow(CisStatus.UNREGISTERED, date(2026, 11, 29)),
        CisRow(CisStatus.REGISTERED, date(2026, 11, 24)),
    )
    for day, status in (
        (1, CisStatus.REGISTERED),
        (24, CisStatus.REGISTERED),
        (25, CisStatus.UNREGISTERED),
        (29, CisStatus.UNREGISTERED),
        (30, CisStatus.GROSS),
    ):
        assert desk.ask(cis_before.status_on, [made], date(2026, 11, day)) == {made: status}
