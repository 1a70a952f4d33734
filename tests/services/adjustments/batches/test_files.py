"""A file of adjustments: its columns by other names, its faults with their rows, loaded once."""

from dataclasses import replace

import pytest

from app.models.adjustments import Adjustment
from app.models.documents import DocumentLink
from app.models.values import AdjustmentOrigin, AdjustmentState, Money
from app.services.adjustments import commands as adjustments
from app.services.adjustments.batches import commands, jobs, queries
from app.services.adjustments.batches.dto import NewBatch
from app.services.core.errors import Cancelled, UserError, UserErrors
from app.services.core.progress import CancelToken, no_progress
from tests.factories import landlord_files
from tests.services.adjustments.batches.conftest import USUAL, book
from tests.services.adjustments.conftest import balance


def loaded(desk, path, count, declared, **rest):
    return replace(
        NewBatch("f", "Heating", count, Money(declared), file=jobs.read_file(desk, path), usual=USUAL), **rest
    )


def test_a_workbook_is_loaded_with_headings_of_its_own_and_kept_as_evidence(desk, homes, tmp_path):
    path = book(
        tmp_path,
        ("Compensation for heating, November", "", "", ""),
        ("Account number", "Type", "Debit amount", "Credit amount", "Details", "Patch"),
        ("70 0001", "Credit correction", "", 12.5, "Flat without heating", "N"),
        ("70 0002", "", "", "7.50", "", "S"),
        ("700003", "debit", 3, "", "", "S"),
    )
    new = loaded(desk, path, 3, -17_00)
    assert new.file.notes == ("The column 'Patch' was left out: it isn't one of those that are loaded.",)
    assert not desk.ask(queries.checked, new).mistakes
    saved = desk.do(commands.submit, new)
    assert [balance(desk, each) for each in homes] == [-12_50, -7_50, 3_00]
    row = desk.ask(lambda ctx: ctx.session.get(Adjustment, saved.adjustment_id))
    assert (row.origin, row.file_sha256) == (AdjustmentOrigin.FILE, new.file.sha256)
    link = desk.ask(lambda ctx: ctx.session.query(DocumentLink).filter_by(subject_id=saved.adjustment_id).one())
    assert (link.sha256, link.file_name) == (new.file.sha256, "credits.xlsx")


def test_the_same_file_is_refused_by_what_it_was_loaded_as(desk, homes, tmp_path):
    path = book(tmp_path, ("reference", "amount"), ("70 0001", 12.5))
    first = desk.do(commands.submit, loaded(desk, path, 1, -12_50))
    copy = book(tmp_path, ("reference", "amount"), ("70 0001", 12.5), name="other.xlsx")
    copy.write_bytes(path.read_bytes())
    again = loaded(desk, copy, 1, -12_50, entry_key="again")
    found = desk.ask(queries.checked, again)
    assert found.mistakes[0].field == "file"
    assert f"adjustment {first.number} (posted)" in found.mistakes[0].message
    with pytest.raises(UserErrors, match="This very file was loaded on 21 Nov 2026"):
        desk.do(commands.submit, again)
    assert balance(desk, homes[0]) == -12_50


def test_a_file_that_was_loaded_while_it_was_looked_through_is_refused_and_the_first_keeps_it(desk, homes, tmp_path):
    first = loaded(desk, book(tmp_path, ("reference", "amount"), ("70 0001", 12.5)), 1, -12_50)
    found = desk.ask(queries.checked, replace(first, entry_key="second"))

    def meanwhile(ctx):
        made = []

        def somebody_else(*_):
            if not made:
                made.append(commands.submit(replace(ctx, progress=no_progress), first))

        with pytest.raises(UserError, match="This very file was loaded meanwhile, as adjustment 1"):
            commands.submit(replace(ctx, progress=somebody_else), found.basis.batch, found=found)
        return ctx.session.get(Adjustment, made[0].adjustment_id).file_sha256

    assert desk.do(meanwhile) == first.file.sha256
    assert balance(desk, homes[0]) == -12_50


def test_a_file_whose_batch_was_withdrawn_may_be_loaded_again(team, homes, tmp_path):
    desk, _colleague = team
    path = book(tmp_path, ("reference", "amount"), ("70 0001", 250))
    first = desk.do(commands.submit, loaded(desk, path, 1, -250_00))
    assert first.state is AdjustmentState.WAITING
    again = loaded(desk, path, 1, -250_00, entry_key="again")
    found = desk.ask(queries.checked, again)
    assert found.mistakes
    desk.do(adjustments.withdraw, first.adjustment_id, "Asked too early")
    second = desk.do(commands.submit, again, found=found)
    assert second.state is AdjustmentState.WAITING
    assert second.number == first.number + 1


def test_every_fault_of_a_file_has_its_row_and_nothing_is_loaded(desk, homes, tmp_path):
    path = book(
        tmp_path,
        ("reference", "amount", "debit", "kind", "date"),
        ("70 0001", "ten pounds", "", "", ""),
        ("70 0002", 3.333, "", "", ""),
        ("70 9999", 5, "", "", ""),
        ("70 0002", 5, 5, "", ""),
        ("", 5, "", "gift", "31/02/2026"),
        ("70 0003", "", "", "", ""),
        ("70 0003", "10,000,000.00", "", "", ""),
    )
    found = desk.ask(queries.checked, loaded(desk, path, 7, -1_00))
    assert [(each.row, each.field) for each in found.mistakes] == [
        (2, "amount"),
        (3, "amount"),
        (4, "account"),
        (5, "amount"),
        (6, "kind"),
        (6, "effective_on"),
        (6, "account"),
        (7, "amount"),
        (8, "amount"),
    ]
    assert "part of a penny" in found.mistakes[1].message
    assert found.mistakes[2].message == "There is no account 70 9999."


def test_a_card_number_on_another_sheet_is_a_fault_too_since_the_file_is_kept_whole(desk, homes, tmp_path):
    sheets = {
        "Before": (("Paid by 4111 1111 1111 1111", ""),),
        "Credits": (("reference", "amount"), ("70 0001", 12.5)),
        "Notes": (("", ""), ("Nothing", ""), ("Paid by", 4111111111111111)),
    }
    path = landlord_files.write(tmp_path / "credits.xlsx", sheets)
    found = desk.ask(queries.checked, loaded(desk, path, 1, -12_50))
    told = "The cell holds what looks like a payment card number, which may not be kept. Remove it."
    assert [(each.row, each.field, each.message) for each in found.mistakes] == [
        (0, "file", f"Sheet Before, A1: {told}"),
        (0, "file", f"Sheet Notes, B3: {told}"),
    ]


def test_a_file_without_a_reference_or_an_amount_is_refused(desk, team, tmp_path):
    with pytest.raises(UserError, match="has no sheet of adjustments"):
        jobs.read_file(desk, book(tmp_path, ("reference", "colour"), ("70 0001", "red")))


def test_a_heading_is_mapped_where_it_says_nothing_here(desk, homes, tmp_path):
    path = book(tmp_path, ("reference", "Goodwill"), ("70 0001", 12.5))
    read = jobs.read_file(desk, path, {"Goodwill": "amount"})
    assert [each.amount for each in read.rows] == [Money(12_50)]
    with pytest.raises(UserError, match="There is no column sum"):
        jobs.read_file(desk, path, {"Goodwill": "sum"})


def test_a_batch_that_is_stopped_leaves_nothing(desk, homes, tmp_path):
    path = book(tmp_path, ("reference", "amount"), ("70 0001", 12.5))
    new = loaded(desk, path, 1, -12_50)
    stop = CancelToken()
    stop.cancel()
    with pytest.raises(Cancelled):
        desk.run(commands.submit, lambda *_: None, stop, new)
    assert desk.ask(lambda ctx: ctx.session.query(Adjustment).count()) == 0


def test_a_debit_of_the_file_is_never_posted_as_a_credit(desk, homes, tmp_path):
    rows = (("70 0001", "", 5, ""), ("70 0002", "debit", 4, ""), ("70 0003", "", "", 3))
    new = loaded(desk, book(tmp_path, ("reference", "kind", "debit", "credit"), *rows), 3, 6_00)
    found = desk.ask(queries.checked, new)
    assert [(each.row, each.field, each.message) for each in found.mistakes] == [
        (2, "amount", "Credit correction is a credit, and the file says debit.")
    ]
    assert (found.standing.total, len(found.lines)) == (Money(6_00), 2)
