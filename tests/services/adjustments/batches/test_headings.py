"""The headings of a file that aren't ours: proposed, chosen, remembered; and the empty workbook to fill in."""

import json

import pytest
from openpyxl import load_workbook

from app.models.adjustments import BatchHeadings
from app.models.values import Money
from app.services.adjustments.batches import commands, jobs, queries
from app.services.adjustments.batches.dto import NewBatch
from app.services.adjustments.batches.rules import lacking, unclear
from app.services.core.errors import UserError
from app.services.imports.dto import Heading
from app.services.imports.mapping import named_twice
from tests.services.adjustments.batches.conftest import ON, USUAL, book
from tests.services.adjustments.conftest import balance

ROWS = (("Heating, November",), ("Flat of", "Paid back", "Amount (net)"), ("70 0001", 12.5, 1), ("70 0002", 7.5, 2))
CHOSEN = {"Flat of": "reference", "Paid back": "amount", "Amount (net)": ""}


def read(found):
    return [(each.name, each.field, each.examples) for each in found.headings]


def test_foreign_headings_are_shown_with_what_is_below_them_and_what_is_guessed(desk, homes, tmp_path):
    found = jobs.headings(desk, book(tmp_path, *ROWS))
    assert (found.file_name, found.sheet, found.settled) == ("credits.xlsx", "Credits", False)
    assert read(found) == [
        ("Flat of", "", ("70 0001", "70 0002")),
        ("Paid back", "", ("12.5", "7.5")),
        ("Amount (net)", "", ("1", "2")),
    ]
    assert [each.title for each in found.fields][:3] == ["Reference", "Amount", "Debit"]
    assert all(each.note for each in found.fields)
    with pytest.raises(UserError, match="no sheet of adjustments"):
        jobs.read_file(desk, book(tmp_path, *ROWS))


def test_our_own_headings_are_settled_at_once(desk, homes, tmp_path):
    found = jobs.headings(desk, book(tmp_path, ("Account number", "Credit amount"), ("70 0001", 5)))
    assert found.columns == {"Account number": "reference", "Credit amount": "credit"}
    assert (found.settled, found.remembered) == (True, False)


def test_what_was_chosen_is_posted_by_and_proposed_for_the_next_such_file(desk, colleague, homes, tmp_path):
    file = jobs.read_file(desk, book(tmp_path, *ROWS), CHOSEN)
    desk.do(commands.submit, NewBatch("a", "Heating", 2, Money(-20_00), file=file, usual=USUAL))
    assert [balance(desk, each) for each in homes] == [-12_50, -7_50, 0]
    turned = [(row[2], row[0], row[1]) if len(row) == 3 else row for row in ROWS]
    path = book(tmp_path, *turned, name="december.xlsx")
    found = jobs.headings(desk, path)
    assert found.columns == CHOSEN
    assert (found.settled, found.remembered) == (True, True)
    assert not jobs.headings(colleague, path).remembered
    again = jobs.read_file(desk, path, {**CHOSEN, "Paid back": "", "Amount (net)": "amount"})
    assert [row.amount for row in again.rows] == [Money(1_00), Money(2_00)]


def remembered(desk):
    """What is remembered of the headings of files."""
    return desk.ask(lambda ctx: [json.loads(each.columns) for each in ctx.session.query(BatchHeadings)])


def test_headings_that_mean_nothing_are_not_remembered_however_many_there_are(desk, homes, tmp_path):
    many = [f"What the contractor wrote down about radiator number {at:,}" for at in range(100)]
    path = book(tmp_path, ("Flat of", *many, "amount"), ("70 0001", *[""] * 100, 12.5))
    file = jobs.read_file(desk, path, {"Flat of": "reference"})
    desk.do(commands.submit, NewBatch("a", "Heating", 1, Money(-12_50), file=file, usual=USUAL))
    assert remembered(desk) == [{"Flat of": "reference", "amount": "amount"}]
    assert set(jobs.headings(desk, path).columns.values()) == {"reference", "amount", ""}


def test_headings_too_long_to_be_remembered_are_loaded_all_the_same(desk, homes, tmp_path):
    chosen = {"Flat " * 500: "reference", "Paid back " * 200: "amount"}
    path = book(tmp_path, tuple(chosen), ("70 0001", 12.5))
    file = jobs.read_file(desk, path, {" ".join(each.split()): field for each, field in chosen.items()})
    desk.do(commands.submit, NewBatch("a", "Heating", 1, Money(-12_50), file=file, usual=USUAL))
    assert balance(desk, homes[0]) == -12_50
    assert remembered(desk) == []


def test_a_heading_that_was_left_out_on_purpose_is_proposed_so_again(desk, homes, tmp_path):
    path = book(tmp_path, ("reference", "amount", "Details"), ("70 0001", 12.5, "Ask Jo"))
    file = jobs.read_file(desk, path, {"Details": ""})
    desk.do(commands.submit, NewBatch("a", "Heating", 1, Money(-12_50), file=file, usual=USUAL))
    assert jobs.headings(desk, path).columns == {"reference": "reference", "amount": "amount", "Details": ""}


def test_a_file_without_headings_is_told(desk, homes, tmp_path):
    with pytest.raises(UserError, match="has no row of headings"):
        jobs.headings(desk, book(tmp_path, (70, 12.5), (71, 7.5)))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (CHOSEN, ""),
        ({"A": "reference", "B": "debit", "C": "credit"}, ""),
        ({"A": "amount"}, "Say which heading is the reference of the account."),
        ({"A": "reference"}, "Say which heading is the amount, or the debit and the credit."),
        ({"A": "reference", "B": "amount", "C": "amount"}, "Two headings are both the amount: leave one of them out."),
        (
            {"A": "reference", "B": "amount", "C": "debit"},
            "Either one heading is the amount, or there are debits and credits: leave the others out.",
        ),
    ],
)
def test_what_a_mapping_lacks_is_said(columns, words):
    assert lacking(columns) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("reference", "amount", "", ""), ""),
        (("reference", "", "amount", ""), "The heading Sum is there twice: rename one of the two in the file"),
        (("reference", "", "", "amount"), "The heading SUM  is there twice: rename one of the two in the file"),
        (("reference", "", "", ""), "Say which heading is the amount"),
    ],
)
def test_of_two_headings_of_the_same_name_neither_is_read(fields, words):
    headings = [Heading(*each) for each in zip(("Tenant", "Pounds", "Sum", "SUM "), fields, strict=True)]
    assert named_twice(each.name for each in headings) == {"Sum", "SUM "}
    assert unclear(headings).startswith(words)
    assert bool(unclear(headings)) is bool(words)


def test_the_template_is_filled_in_and_loaded(desk, homes, tmp_path):
    path = tmp_path / "template.xlsx"
    jobs.write_template(desk, path)
    made = load_workbook(path)
    sheet = made["Adjustments"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:2] == ["reference", "amount"]
    assert all(cell.comment for cell in sheet[1])
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    form = desk.ask(queries.form)
    ends = len(form.kinds) + 1, len(form.reasons) + 1
    assert list(lists.values()) == [f"'Words'!$A$2:$A${ends[0]}", f"'Words'!$B$2:$B${ends[1]}"]
    said = {"reference": "70 0002", "amount": 4, "kind": "Debit correction", "date": ON, "narrative": "Key fob"}
    said["reason"] = made["Words"]["B2"].value
    sheet.append([said.get(head) for head in heads])
    made.save(path)
    file = jobs.read_file(desk, path)
    assert not file.mistakes
    (row,) = file.rows
    assert (row.reference, row.amount, row.kind, row.effective_on) == ("70 0002", Money(4_00), "debit", ON)
    assert not desk.ask(queries.checked, NewBatch("t", "Fobs", 1, Money(4_00), file=file)).mistakes
