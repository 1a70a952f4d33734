"""Statements of one account: figures worked by hand, and what is kept when one is issued."""

import io
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.models.people import Person
from app.models.values import Money, Subject
from app.services.core.errors import UserError
from app.services.documents import queries as documents
from app.services.statements import commands, queries
from app.services.statements.dto import Line, Variant
from tests.factories import lettings
from tests.factories.statements import FROM, TO, landlord, tenant


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf), strict=True).pages)


def test_brought_forward_lines_and_carried_forward(desk):
    account = desk.do(tenant, before=2500)
    made = desk.ask(queries.statement, account, FROM, TO)
    # 25.00 + 100.00 - 50.00 + 100.00 = 175.00
    assert made.brought_forward == Money(2500)
    assert made.lines == (
        Line(date(2026, 6, 29), date(2026, 6, 29), "Rent", 10_000, 12_500),
        Line(date(2026, 7, 3), None, "Direct Debit", -5_000, 7_500),
        Line(date(2026, 7, 6), date(2026, 7, 6), "Rent", 10_000, 17_500),
    )
    assert (made.debits, made.credits, made.carried_forward) == (Money(20_000), Money(5_000), Money(17_500))


def test_lines_outside_the_period_are_only_in_the_balances(desk):
    account = desk.do(tenant, before=2500)
    made = desk.ask(queries.statement, account, date(2026, 7, 1), date(2026, 7, 5))
    assert (made.brought_forward, made.carried_forward) == (Money(12_500), Money(7_500))
    assert [line.amount_pence for line in made.lines] == [-5_000]


def test_it_is_addressed_to_the_name_of_the_account(desk):
    account = desk.do(tenant)
    made = desk.ask(queries.statement, account, FROM, TO)
    assert made.addressee == "Mx Alex Sample"
    assert made.address == ("1 Sample Close", "Testford", "ZZ11 1AA")
    assert made.reference.startswith("70")


@pytest.mark.parametrize("let", ["home", "garage"])
def test_it_goes_where_the_tenant_asked_for_letters_to_go(desk, let):
    def lived_in(ctx):
        home = lettings.letting(ctx)
        garage = lettings.garage_letting(ctx, home=home)
        for person in ctx.session.scalars(select(Person)):
            person.correspondence_address = "c/o Alex Example\n9 Sample Parade\nTestford\nZZ11 9ZZ"
        return home.account.id if let == "home" else garage.account.id

    made = desk.ask(queries.statement, desk.do(lived_in), FROM, TO)
    assert made.address == ("c/o Alex Example", "9 Sample Parade", "Testford", "ZZ11 9ZZ")


def test_a_garage_statement_goes_to_the_tenants_home(desk):
    def garage(ctx):
        home = lettings.letting(ctx)
        return lettings.garage_letting(ctx, home=home).account.id

    made = desk.ask(queries.statement, desk.do(garage), FROM, TO)
    assert made.account_kind == "Garage account"
    assert made.address == ("1 Sample Close", "Testford", "ZZ11 1AA")
    assert made.about.startswith("Garage 2, Sample Court")


def test_a_former_tenant_who_moved_within_the_stock_is_written_to_there(desk):
    def moved(ctx):
        who = lettings.person(ctx)
        old = lettings.letting(ctx, people=[who], end_on=date(2026, 5, 3))
        lettings.letting(ctx, people=[who], start_on=date(2026, 5, 4))
        gone = lettings.letting(ctx, end_on=date(2026, 5, 3))
        return old.account.id, gone.account.id

    old, gone = desk.do(moved)
    assert desk.ask(queries.statement, old, FROM, TO).address[0] == "2 Sample Close"
    assert desk.ask(queries.statement, gone, FROM, TO).address == ()


def test_a_period_that_ends_before_it_starts_is_refused(desk):
    account = desk.do(tenant)
    with pytest.raises(UserError, match="before it starts"):
        desk.ask(queries.statement, account, TO, FROM)


def test_a_control_account_and_no_account_have_no_statement(desk):
    with pytest.raises(UserError, match="no such account"):
        desk.ask(queries.statement, 999_999, FROM, TO)
    with pytest.raises(UserError, match="no such account"):
        desk.ask(queries.statement, 1, FROM, TO)


def test_every_form_tells_the_same_figures(desk):
    desk.do(landlord)
    account = desk.do(tenant, before=2500)
    pdf = text_of(desk.ask(queries.statement_pdf, account, FROM, TO))
    large = text_of(desk.ask(queries.statement_pdf, account, FROM, TO, Variant.LARGE_PRINT))
    plain = desk.ask(queries.statement_text, account, FROM, TO)
    for form in (pdf, large, plain):
        assert "175.00 DR" in form
        assert "Testford Borough Council" in form
        assert "You owed £175.00 on 27 September 2026." in form
    sheet = openpyxl.load_workbook(io.BytesIO(desk.ask(queries.statement_xlsx, account, FROM, TO))).active
    balances = [row[5].value for row in sheet.iter_rows() if row[0].is_date]
    assert balances == [25, 125, 75, 175, 175]


def test_what_is_issued_is_kept_as_it_was_and_listed_with_the_account(desk):
    account = desk.do(tenant)
    issued = desk.do(commands.issue, account, FROM, TO)
    again = desk.do(commands.issue, account, FROM, TO)
    assert again.content == issued.content
    rows = desk.ask(documents.listed, Subject.ACCOUNT, account)
    assert [row.link_id for row in rows] == [again.link_id, issued.link_id]
    assert rows[0].sha256 == rows[1].sha256
    assert rows[0].title == "Statement 29 Jun 2026 to 27 Sep 2026"
    kept = desk.ask(documents.opened, issued.link_id)
    assert (kept.content, kept.media_type) == (issued.content, "application/pdf")
    assert issued.changes.account_ids == {account}


def test_plain_text_is_issued_as_text(desk):
    account = desk.do(tenant)
    issued = desk.do(commands.issue, account, FROM, TO, Variant.TEXT)
    assert issued.file_name.endswith(".txt")
    assert issued.content.decode("utf-8").endswith("End of statement.\r\n")
