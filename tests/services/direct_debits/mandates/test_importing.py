"""A spreadsheet of mandates: loaded whole and live, or not at all with every fault at its row."""

from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from app.models.direct_debits.mandates import Mandate
from app.models.tenancies import Tenancy
from app.services.core.errors import UserError, UserErrors
from app.services.direct_debits.mandates import commands as mandate_commands
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import MandateFilter, MandateSort
from app.services.direct_debits.mandates.importing import checking, commands, jobs, reading
from app.services.direct_debits.mandates.importing.dto import NewLoad
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.direct_debits.mandates.conftest import NEW, OLD, THIRD, sent

HEAD = ("Account", "Payer name", "Sort code", "Account number", "Reference", "Given on", "Last collection", "Bank name")


@prepared
def homes(desk, home):
    """Three homes."""
    others = [desk.do(lettings.letting, reference=f"70 000{at}", who=("Sam", "Else")) for at in (2, 3)]
    return [home, *others]


def book(path, *rows, head=HEAD):
    made = Workbook()
    for row in (head, *rows):
        made.active.append(row)
    made.save(path)
    return path


def line(reference, bank=OLD, payer="Mx Alex Sample", *rest):
    return (reference, payer, bank[0], bank[1], *rest)


def load(desk, path, declared, **columns):
    return desk.do(commands.load, NewLoad(reading.read(path, columns), declared))


def mistakes(desk, path, declared):
    found = desk.ask(checking.check, NewLoad(reading.read(path), declared))
    return [(each.row, each.field) for each in found.mistakes]


def count(desk):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Mandate)))


def test_what_is_loaded_is_live_and_nothing_is_sent(desk, homes, tmp_path):
    path = book(
        tmp_path / "ddi.xlsx",
        line("700001", OLD, "Mx Alex Sample", "DDI 00451", date(2024, 3, 1), date(2026, 11, 2), "Example Bank"),
        line("70 0002", NEW, "Sam Else", None, date(2026, 10, 5)),
    )
    assert load(desk, path, 2).told == "Loaded and live: 2 mandates of ddi.xlsx."
    ids = desk.ask(queries.ids, MandateFilter(), MandateSort.REFERENCE, descending=False)
    second, first = (desk.ask(queries.detail, each) for each in ids)
    assert (first.row.reference, first.row.state.value, first.row.bank) == ("DDI 00451", "live", "••••••58")
    assert (first.person_id, first.first_collected_on, first.dormant_on) == (1, date(2026, 11, 2), date(2028, 11, 2))
    assert (first.banks[0].held, first.banks[0].from_on, first.banks[0].bank_name) == (
        True,
        date(2024, 3, 1),
        "Example Bank",
    )
    assert (second.row.reference, second.first_collected_on, second.collect_from) == (
        "70 0002",
        None,
        date(2026, 11, 21),
    )
    assert sent(desk, first.row.mandate_id) == []
    with pytest.raises(UserErrors, match="This very file was loaded on 21 Nov 2026 by Test Officer"):
        load(desk, path, 2)
    assert count(desk) == 2


def test_every_fault_is_named_at_once_and_nothing_is_kept(desk, homes, tmp_path):
    path = book(
        tmp_path / "ddi.xlsx",
        line("70 0001"),
        line("79 9999"),
        line("70 0002", (89999, OLD[1])),
        line("70 0002", ("20-29-59", "1234")),
        line("70 0002", NEW, "", "DDIC001"),
        line("70 0002", NEW, "Sam Else", "AAAAAAA", date(2027, 1, 1)),
        line("70 0003", THIRD, "Sam Else", None, date(2020, 1, 1)),
        line("70 0001"),
        line("70 0003", THIRD, "4444 3333 2222 1111"),
    )
    assert mistakes(desk, path, 12) == [
        (0, "declared_count"),
        (3, "account"),
        (4, "sort_code"),
        (5, "account_number"),
        (6, "payer_name"),
        (7, "reference"),
        (7, "given_on"),
        (8, "last_collected_on"),
        (9, "account"),
        (10, "payer_name"),
    ]
    with pytest.raises(UserErrors):
        load(desk, path, 9)
    assert count(desk) == 0


def test_headings_of_their_own_are_mapped(desk, homes, tmp_path):
    path = book(tmp_path / "ddi.xlsx", line("70 0001"), head=("Wem", "Wer", "SC", "Konto"))
    with pytest.raises(UserError, match="has no sheet of mandates"):
        reading.read(path)
    found = jobs.FILES.headings(desk, path)
    assert [each.examples for each in found.headings[2:]] == [("••••99",), ("••••58",)]
    assert jobs.FILES.unclear(found.headings).startswith("Say which heading is the account and the payer name")
    means = {"Wem": "account", "Wer": "payer_name", "SC": "sort_code", "Konto": "account_number"}
    assert load(desk, path, 1, **means).count == 1
    with pytest.raises(UserError, match="There is no column payee"):
        reading.read(path, {"Wer": "payee"})


def test_headings_of_their_own_are_remembered_for_the_next_such_file(desk, homes, tmp_path):
    head = ("Rent no", "Payer name", "Sort code", "Account number", "Rubbish")
    first = book(tmp_path / "one.xlsx", (*line("700001"), "x"), head=head)
    assert not jobs.FILES.headings(desk, first).settled
    load(desk, first, 1, **{"Rent no": "account", "Rubbish": ""})

    found = jobs.FILES.headings(desk, book(tmp_path / "two.xlsx", (*line("700002"), "x"), head=head[::-1]))
    assert (found.settled, found.columns["Rent no"], found.columns["Rubbish"]) == (True, "account", "")
    other = book(tmp_path / "three.xlsx", (*line("700003"), "x"), head=(*head[:4], "Else"))
    assert not jobs.FILES.headings(desk, other).remembered


def test_what_is_to_be_looked_at_does_not_stop_it(desk, homes, tmp_path):
    path = book(tmp_path / "ddi.xlsx", line("70 0001", OLD, "Robin Outside"))
    found = desk.ask(checking.check, NewLoad(reading.read(path), 1))
    assert [(each.row, each.field) for each in found.warnings] == [(2, "payer_name")]
    assert [(each.account, each.reference, each.bank, each.code) for each in found.rows] == [
        ("70 0001", "70 0001", "••••••58", "first (01)")
    ]


def test_a_csv_and_the_empty_workbook(desk, homes, tmp_path):
    text = "account,payer_name,sort_code,account_number,also_pays\n70 0001,Mx Alex Sample,08-99-99,66374958,70 0002;70 0003\n"
    (tmp_path / "ddi.csv").write_text(text, encoding="utf-8")
    assert load(desk, tmp_path / "ddi.csv", 1).count == 1
    mandate_id = desk.ask(lambda ctx: ctx.session.scalars(select(Mandate.id)).one())
    assert len(desk.ask(queries.detail, mandate_id).accounts) == 3
    jobs.FILES.write_template(desk, tmp_path / "empty.xlsx")
    heads = [each.value for each in next(load_workbook(tmp_path / "empty.xlsx").active.iter_rows())]
    assert heads[:4] == ["account", "payer_name", "sort_code", "account_number"]
    assert mistakes(desk, tmp_path / "empty.xlsx", 1) == [(0, "file"), (0, "declared_count")]


def test_many_are_kept_by_as_many_statements_as_few(desk, homes, tmp_path, query_log):
    def statements(name, *rows):
        query_log.clear()
        load(desk, book(tmp_path / name, *rows), len(rows))
        return len(query_log)

    one = statements("one.xlsx", line("70 0001"))
    two = statements("two.xlsx", line("70 0002", NEW, "Sam Else"), line("70 0003", THIRD, "Sam Else"))
    assert two <= one
    methods = select(Tenancy.payment_method).distinct()
    assert [each.value for each in desk.ask(lambda ctx: ctx.session.scalars(methods).all())] == ["direct_debit"]
    assert desk.do(mandate_commands.reveal, 2).account_number == NEW[1]


def test_a_file_that_was_put_right_and_is_loaded_again_makes_no_mandate_twice(desk, homes, tmp_path):
    load(desk, book(tmp_path / "a.xlsx", line("70 0001")), 1)
    path = book(tmp_path / "b.xlsx", line("700001"), line("70 0002", NEW, "Sam Else"))
    assert mistakes(desk, path, 2) == [(2, "account")]
    with pytest.raises(UserErrors, match="pays it from the same bank account already"):
        load(desk, path, 2)
    assert count(desk) == 1


def test_another_mandate_of_an_account_has_to_be_ticked(desk, homes, tmp_path):
    first = ("70 0001", "Mx Alex Sample", *OLD, "70 0002")
    head = (*HEAD[:4], "Also pays")
    desk.do(commands.load, NewLoad(reading.read(book(tmp_path / "a.xlsx", first, head=head)), 1))
    path = book(
        tmp_path / "b.xlsx",
        line("70 0002", NEW, "Sam Else"),
        line("70 0003", NEW, "Sam Else"),
        line("700003", THIRD, "Sam Else"),
    )
    found = desk.ask(checking.check, NewLoad(reading.read(path), 3))
    assert (found.mistakes, found.doubled) == ((), 2)
    assert [(each.row, each.message) for each in found.warnings] == [
        (2, "Mandate 70 0001 pays account 70 0002 already: both would collect."),
        (4, "Row 3 pays account 700003 too: both would collect."),
    ]
    with pytest.raises(UserError, match="2 rows pay an account that another mandate pays too") as refused:
        load(desk, path, 3)
    assert (refused.value.field, count(desk)) == ("despite", 1)
    desk.do(commands.load, NewLoad(reading.read(path), 3, despite=True))
    ticked = select(Mandate.reference).where(Mandate.despite_at.is_not(None)).order_by(Mandate.id)
    assert len(desk.ask(lambda ctx: ctx.session.scalars(ticked).all())) == 2
