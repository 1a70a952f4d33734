"""Suppliers of a file: each fault with its row, all or nothing, those that are there left as they are, and once."""

import pytest

from app.models.values import CisStatus
from app.services.core.errors import UserError, UserErrors
from app.services.core.finding import find
from app.services.purchase_orders.suppliers import listing, queries
from app.services.purchase_orders.suppliers.loading import checking, commands, jobs, reading
from app.services.purchase_orders.suppliers.loading.dto import NewLoad
from tests.factories import purchasing

HEAD = "Supplier number,Supplier name,Category,Address,Postcode,Telephone,VAT reg no,CIS status,Verification number,Verified on\n"
ONE = 'V100,Sample Roofing Ltd,Repairs and maintenance,"1 Sample Way, Anytown",at1 1aa,01632 960100,GB 123 4567 27,Registered,V1234567890,06/04/2026\n'
TWO = "V200,Other Paper Ltd,,,,,,,,\n"


@pytest.fixture
def load(desk, tmp_path):
    """Reads a text as a file, with the category of rows that name none."""

    def read(text, **named):
        path = tmp_path / "suppliers.csv"
        path.write_text(HEAD + text, "utf-8")
        return NewLoad(reading.read(path), desk.ask(purchasing.category, "stationery"), **named)

    return read


def test_suppliers_of_the_finance_system_are_kept_once(desk, load):
    new = load(ONE + TWO)
    found = desk.ask(checking.check, new)
    assert (found.mistakes, found.suspected, found.new, found.known) == ((), (), 2, 0)
    assert desk.do(commands.load, new).told == "2 suppliers are kept."
    assert desk.do(commands.load, new).told == "No supplier of the file is new. 2 were there and stay as they are."
    one, two = desk.ask(listing.rows, [1, 2])
    assert (one.number, one.category, one.postcode, one.cis) == (
        "S00001",
        "Repairs and maintenance",
        "AT1 1AA",
        CisStatus.REGISTERED,
    )
    assert (two.name, two.category) == ("Other Paper Ltd", "Stationery and printing")
    assert desk.ask(queries.detail, 1).fields.address == "1 Sample Way\nAnytown\nAT1 1AA"
    assert [each.found[0].title for each in desk.ask(find, "V200")] == ["S00002 Other Paper Ltd"]


def test_each_fault_has_its_row_and_nothing_is_kept(desk, load):
    wrong = ONE.replace("123 4567 27", "123 4567 28") + TWO.replace("Ltd,", "Ltd,Nothing like it") + ",,,,,,,,,\n"
    wrong += "V300,Third Ltd,,,,12,,Maybe,,\n"
    with pytest.raises(UserErrors) as refused:
        desk.do(commands.load, load(wrong))
    assert [each.field for each in refused.value.errors] == [
        "rows.2.vat_number",
        "rows.3.category",
        "rows.5.cis",
        "rows.5.phone",
    ]
    assert desk.ask(queries.choices, "") == ()


def test_one_that_may_be_there_is_said_and_kept_with_a_tick(desk, load):
    desk.do(purchasing.supplier, "Sample Roofing Limited", vat_number="")
    new = load(ONE + ONE.replace("V100", "V101"))
    assert [(each.row, each.message) for each in desk.ask(checking.check, new).suspected] == [
        (2, "It has the same name as S00001 Sample Roofing Limited."),
        (3, "It has the same name as S00001 Sample Roofing Limited."),
    ]
    with pytest.raises(UserError, match="2 of them may be there already"):
        desk.do(commands.load, new)
    assert desk.do(commands.load, load(ONE, alike_seen=True)).count == 1


def test_the_empty_workbook_is_one_that_can_be_read(desk, tmp_path):
    path = tmp_path / "Suppliers.xlsx"
    jobs.FILES.write_template(desk, path)
    assert jobs.FILES.read_file(desk, path).rows == ()


def test_two_rows_with_one_number_of_the_finance_system_are_told_not_passed_over(desk, load):
    found = desk.ask(checking.check, load(ONE + TWO.replace("V200", "V100")))
    assert [(each.row, each.field, each.message) for each in found.mistakes] == [
        (3, "finance_reference", "Row 2 has the number V100 too.")
    ]
    assert found.known == 0
