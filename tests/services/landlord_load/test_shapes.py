"""Files of unusual shape, and loads that are stopped or not allowed."""

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.models.properties import Property
from app.services.core.errors import Cancelled, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Desk
from app.services.imports.dto import Names
from app.services.landlord_load import commands, corrected, queries
from tests.factories import landlord_files as files

MONDAY = files.MONDAY


def test_merged_headings_a_title_and_a_thousand_blank_rows_are_no_trouble(desk, tmp_path):
    book = Workbook()
    book.remove(book.active)
    for name, rows in files.small().items():
        sheet = book.create_sheet(name)
        sheet.append(["The landlord's list"])
        sheet.merge_cells("A1:D1")
        sheet.append([None] * 3)
        for row in rows[:2]:
            sheet.append([None if cell == "" else cell for cell in row])
        for row in rows[2:]:
            for _ in range(300):
                sheet.append([None, None])
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(tmp_path / "a.xlsx")
    loaded = desk.do(commands.load, tmp_path / "a.xlsx")
    assert loaded.errors == ()
    assert loaded.loaded["Tenancies"] == 4


def test_a_heading_merged_over_two_columns_counts_for_the_first(desk, tmp_path):
    def change(sheets):
        for row in sheets["People"]:
            row.append("stray")
        sheets["People"][0][-1] = ""

    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "a.xlsx", files.changed(change)))
    assert rehearsal.errors == ()
    assert [(w.sheet, w.row, w.column) for w in rehearsal.warnings if w.sheet == "People"] == [("People", 1, "H")]


def test_a_new_rent_group_and_a_sheet_that_is_left_out_are_reported(desk, tmp_path):
    sheets = {**files.small(), "Lookups": [["a", "b"], [1, 2]]}
    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "a.xlsx", sheets))
    assert rehearsal.new_rent_groups == ("Housing", "Garages")
    messages = [warning.message for warning in rehearsal.warnings]
    assert "The sheet 'Lookups' was left out: it isn't one of those that are loaded." in messages
    assert any("'Housing' is new and will be made" in message for message in messages)


def test_no_sheet_of_ours(desk, tmp_path):
    path = files.write(tmp_path / "a.xlsx", {"Book": [["a", "b"], [1, 2]]})
    with pytest.raises(UserError) as refused:
        desk.ask(queries.rehearse, path)
    assert refused.value.message == "a.xlsx has no sheet that is loaded: it has Book."
    assert "--template" in refused.value.hint


def test_a_file_that_changed_since_it_was_rehearsed(desk, tmp_path):
    path = files.write(tmp_path / "a.xlsx", files.small())
    rehearsal = desk.ask(queries.rehearse, path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(UserError, match="has changed since it was read"):
        desk.do(commands.load, rehearsal.file)
    with pytest.raises(UserError, match="has changed or gone"):
        corrected.write(tmp_path / "errors.xlsx", rehearsal)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Property))) == 0


def test_a_load_that_is_cancelled_leaves_nothing(desk, tmp_path):
    path = files.write(tmp_path / "a.xlsx", files.small())
    cancel = CancelToken()

    def stop(done, total, text=""):
        if text.startswith("Writing charge"):
            cancel.cancel()

    with pytest.raises(Cancelled):
        desk.run(commands.load, stop, cancel, path)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Property))) == 0


def test_an_administrator_loads_nothing(desk, tmp_path):
    desk.do(add, NewOfficer("second", "Second Officer", frozenset({Role.RENTS_OFFICER})))
    administrator = Desk.sit_down(desk.database, desk.officer.username, desk.clock)
    path = files.write(tmp_path / "a.xlsx", files.small())
    with pytest.raises(UserError, match="may not load a landlord's spreadsheet"):
        administrator.run(commands.load, no_progress, CancelToken(), path)
    second = Desk.sit_down(desk.database, "second", desk.clock)
    assert second.do(commands.load, path).errors == ()


CARD = "4111 1111 1111 1111"


def test_a_card_number_stops_the_load_wherever_in_the_file_it_is(desk, tmp_path):
    def change(sheets):
        for name in ("People", "Charges"):
            for row in sheets[name]:
                row.append("")
        sheets["People"][0][-1] = "Remarks"
        sheets["People"][2][-1] = f"paid by {CARD}"
        sheets["Charges"][3][-1] = CARD
        sheets["Scribbles"] = [["to do"], [None, CARD]]

    rehearsal = desk.ask(queries.rehearse, files.write(tmp_path / "a.xlsx", files.changed(change)))
    assert [(p.sheet, p.row, p.column) for p in rehearsal.errors] == [
        ("Scribbles", 2, "B"),
        ("People", 3, "Remarks"),
        ("Charges", 4, "E"),
    ]
    assert not any("4111" in problem.message for problem in rehearsal.errors)


def test_names_may_be_explained_by_whoever_calls(desk, tmp_path):
    def change(sheets):
        sheets["Lets"] = sheets.pop("Tenancies")
        sheets["Lets"][0][2] = "Sort of tenancy"
        sheets["Lets"][1][2] = "Council"

    path = files.write(tmp_path / "a.xlsx", files.changed(change))
    names = Names(
        {"Lets": "Tenancies"}, {"Tenancies": {"sort of tenancy": "tenure"}}, {"tenure": {"council": "secure"}}
    )
    assert desk.ask(queries.rehearse, path).errors
    assert desk.ask(queries.rehearse, path, names).errors == ()


def test_the_next_tenancy_may_be_there_before_the_last_has_ended(desk, tmp_path):
    def change(sheets):
        sheets["Tenancies"][1][4] = "06/12/2026"
        sheets["Tenancies"].append(["T9", "P1", "secure", "07/12/2026", "", "", "cash", "H3"])

    assert desk.ask(queries.rehearse, files.write(tmp_path / "a.xlsx", files.changed(change))).errors == ()

    def overlap(sheets):
        change(sheets)
        sheets["Tenancies"][-1][3] = "06/12/2026"

    overlapping = desk.ask(queries.rehearse, files.write(tmp_path / "b.xlsx", files.changed(overlap)))
    assert [(p.row, p.column) for p in overlapping.errors] == [(6, "property_ref")]
