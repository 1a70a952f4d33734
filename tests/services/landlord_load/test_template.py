"""The template."""

from openpyxl import load_workbook
from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import AccountKind
from app.services.landlord_load import commands, template
from tests.factories import landlord_files as files

MONDAY = files.MONDAY


def test_the_template_is_a_file_that_loads(desk, tmp_path):
    template.write(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    assert book.sheetnames[0] == "Read me"
    for name, headings in files.HEADINGS.items():
        assert [cell.value for cell in book[name][1]] == headings.split()
    for name, rows in files.small().items():
        for row in rows[1:]:
            book[name].append([None if cell == "" else cell for cell in row])
    book.save(tmp_path / "filled.xlsx")
    loaded = desk.do(commands.load, tmp_path / "filled.xlsx")
    assert loaded.errors == ()
    assert [w for w in loaded.warnings if w.column != "rent_group"] == []
    assert loaded.loaded["Tenancies"] == 4
    rent = desk.ask(lambda ctx: ctx.session.scalars(select(Account).where(Account.kind == AccountKind.RENT)).all())
    assert sum(account.balance_pence for account in rent) == 41286 - 1500


def test_the_template_offers_fixed_words_and_keeps_references_as_text(tmp_path):
    template.write(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    assert book["Tenancies"].column_dimensions["F"].number_format == "@"
    assert book["Charges"].column_dimensions["C"].number_format == "0.00"
    offered = {str(rule.sqref): rule.formula1 for rule in book["Tenancies"].data_validations.dataValidation}
    words = [cell.value for (cell,) in book["Words"][offered["C2:C200000"].removeprefix("'Words'!").replace("$", "")]]
    assert words[:3] == ["secure", "introductory", "flexible"]
