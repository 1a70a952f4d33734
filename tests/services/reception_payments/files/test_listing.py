"""Files are listed with what they ask for, their lines by state, and a doubtful line beside what it looks like."""

from datetime import date

import pytest

from app.models.access import RestrictedRecord
from app.models.values import Money, ReceiptLineState, Subject
from app.services.core.errors import UserError
from app.services.core.finding import find
from app.services.reception_payments.files import jobs, listing, queries
from app.services.reception_payments.files.layouts import ColumnAt, Field, Layout
from app.services.reception_payments.files.listing import FileFilter, LineFilter, Shown
from tests.services.reception_payments.files.looks import counted
from tests.services.reception_payments.files.made import HEAD, PLAIN, load, written

ONE = "70 0001,10.00,16/11/2026,A Payer,1\n"


def test_files_are_listed_by_what_they_ask_for(desk, reception, bank_file, tmp_path, query_log):
    counted(desk, reception, 10_00, reception.rent, "B1")
    load(desk, tmp_path, HEAD + ONE, name="first.csv")
    load(desk, tmp_path, HEAD + "70 0002,4.00,16/11/2026,B,2\n", name="second.csv")
    load(desk, tmp_path, HEAD + "70 0002,4.00,16/11/2026,4000058260000005,2\n", name="third.csv")
    assert desk.ask(listing.counts) == {Shown.TO_DECIDE: 1, Shown.QUARANTINED: 1}
    query_log.clear()
    assert [row.file_name for row in desk.ask(listing.files, FileFilter())] == ["third.csv", "second.csv", "first.csv"]
    assert len(query_log) == 2
    assert [row.number for row in desk.ask(listing.files, FileFilter(Shown.TO_DECIDE))] == [1]
    assert [row.number for row in desk.ask(listing.files, FileFilter(Shown.QUARANTINED))] == [3]
    assert [row.number for row in desk.ask(listing.files, FileFilter(text="second"))] == [2]
    assert [row.number for row in desk.ask(listing.files, FileFilter(text="2"))] == [2]


def test_lines_are_listed_by_state_and_words_those_that_wait_first(desk, reception, bank_file, tmp_path):
    counted(desk, reception, 10_00, reception.rent, "B1")
    done = load(desk, tmp_path, HEAD + "70 0002,4.00,16/11/2026,B,2\n99,1.00,16/11/2026,Who,3\n" + ONE)
    rows = desk.ask(listing.lines, LineFilter(done.file_id))
    assert [row.place for row in rows] == [4, 2, 3]
    found = desk.ask(listing.lines, LineFilter(done.file_id, ReceiptLineState.SUSPENSE))
    assert [(row.given, row.payer, row.amount) for row in found] == [("99", "Who", Money(100))]
    assert [row.place for row in desk.ask(listing.lines, LineFilter(done.file_id, text="who"))] == [3]
    card = desk.ask(queries.card, done.file_id)
    assert [(part.what, part.count) for part in card.parts] == [
        ("Posted", 1),
        ("In suspense", 1),
        ("May be there already", 1),
    ]


def test_nobody_finds_a_line_of_a_restricted_account_by_what_its_payer_said(desk, reception, bank_file, tmp_path):
    """Of it the reference that was given is shown, and found; the payer's name and words are neither."""
    done = load(desk, tmp_path, HEAD + ONE + "70 0002,4.00,16/11/2026,A Payer,2\n")

    def restrict(ctx):
        row = {
            "subject": Subject.ACCOUNT,
            "subject_id": reception.rent,
            "reason": "Safety",
            "restricted_at": ctx.clock.now(),
        }
        ctx.session.add(RestrictedRecord(**row, restricted_by=ctx.officer.id))

    assert len(desk.ask(listing.lines, LineFilter(done.file_id, text="payer"))) == 2
    desk.do(restrict)
    found = desk.ask(listing.lines, LineFilter(done.file_id, text="payer"))
    assert [(row.place, row.payer) for row in found] == [(3, "A Payer")]
    assert [row.payer for row in desk.ask(listing.lines, LineFilter(done.file_id, text="0001"))] == [""]


def test_a_line_stands_beside_the_entry_that_it_looks_like(desk, reception, bank_file, tmp_path):
    counted(desk, reception, 10_00, reception.rent, "B1")
    done = load(desk, tmp_path, HEAD + ONE)
    [row] = desk.ask(listing.lines, LineFilter(done.file_id))
    found = desk.ask(listing.doubt, row.line_id)
    assert (found.twin.where, found.twin.code, found.twin.amount) == ("Receipt WGC000001", "RCO", Money(1000))
    assert (found.twin.journal, found.twin.paid_on) == (1, date(2026, 11, 16))


def test_a_line_of_an_earlier_file_stands_beside_that_one(desk, reception, bank_file, tmp_path):
    load(desk, tmp_path, HEAD + ONE, name="first.csv")
    done = load(desk, tmp_path, HEAD + ONE + "99,1.00,16/11/2026,Who,3\n", name="second.csv")
    row = next(
        each for each in desk.ask(listing.lines, LineFilter(done.file_id)) if each.state is ReceiptLineState.KNOWN
    )
    found = desk.ask(listing.doubt, row.line_id)
    assert found.twin.where == "Receipt file 1 (first.csv), line 2"
    assert found.twin.given == "70 0001"


def test_a_layout_is_tried_on_a_file_before_it_is_kept(desk, tmp_path):
    path = written(tmp_path, HEAD + ONE + "2,x,03/04/2026,,\n")
    found = jobs.try_file(desk, path, PLAIN)
    assert [(row.given, row.amount, row.paid_on) for row in found.lines] == [
        ("70 0001", Money(1000), date(2026, 11, 16))
    ]
    assert [mistake.row for mistake in found.mistakes] == [3]
    assert found.dates == ("31/12/2026",)
    with pytest.raises(UserError, match="no column for the amount"):
        jobs.try_file(desk, path, Layout(columns=(ColumnAt(Field.REFERENCE, 1),), code="RBP"))


def test_where_both_orders_of_day_and_month_fit_it_is_asked_and_not_guessed(desk, tmp_path):
    found = jobs.try_file(desk, written(tmp_path, HEAD + ONE.replace("16/11", "04/03")), PLAIN)
    assert set(found.dates) == {"31/12/2026", "12/31/2026"}
    assert any("day or with the month first" in told for told in found.told)


def test_a_file_is_found_by_its_number_and_its_name(desk, reception, bank_file, tmp_path):
    done = load(desk, tmp_path, HEAD + ONE, name="Shops 16 November.csv")
    for typed in ("file 1", "shops nov", "bank file"):
        found = [each for group in desk.ask(find, typed) for each in group.found]
        assert (Subject.RECEIPT_FILE, done.file_id) in {(each.subject, each.subject_id) for each in found}, typed


def test_the_profile_of_the_last_file_called_so_is_proposed(desk, reception, bank_file, tmp_path):
    assert desk.ask(queries.form, "CashFile20261121.dat").proposed == ""
    load(desk, tmp_path, HEAD + ONE, name="CashFile20261120.dat")
    found = desk.ask(queries.form, "CASHFILE20261121.dat")
    assert (found.proposed, len(found.profiles)) == ("bank_file", 9)
    assert desk.ask(queries.form, "Benefit20261121.dat").proposed == ""
