"""`rentbook tenancy change`."""

from datetime import date

from openpyxl import Workbook
from sqlalchemy import select

from app.models.accounts import Account
from app.models.tenancies import TenancyEvent
from tests.factories import lettings
from tests.prepared import prepared

HEAD = ("Tenancy", "Change", "Day", "Person", "Title", "First name", "Last name", "Name", "Why", "Letter")


@prepared
def homes(desk, office):
    """Two homes."""

    def build(ctx):
        return [lettings.letting(ctx, who=("Alex", name)).tenancy.ref for name in ("Sample", "Other")]

    return desk.do(build)


def workbook(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def rows(homes):
    joins = (homes[0], "Joint", date(2026, 11, 9), None, "Mx", "Robin", "Newcome", None, "Married", "no")
    return HEAD, joins, (homes[1], "rename", date(2026, 11, 9), *[None] * 4, "Mx A Other-Example", None, None)


def events(desk):
    return desk.database.read(lambda session: len(session.scalars(select(TenancyEvent)).all()))


def test_a_file_is_tried_and_then_kept(office, desk, homes, tmp_path):
    file = workbook(tmp_path / "changes.xlsx", *rows(homes))
    tried = office("tenancy", "change", file, "--dry-run", "--json")
    assert (tried.code, events(desk)) == (0, 0)
    assert [each["change"] for each in tried.data["changed"]] == ["joint", "rename"]
    kept = office("tenancy", "change", file)
    assert kept.code == 0
    assert "2 changes are saved." in kept.out
    names = desk.database.read(lambda session: session.scalars(select(Account.name).order_by(Account.id)).all())
    assert {"Mx Alex Sample and Mx Robin Newcome", "Mx A Other-Example"} <= set(names)


def test_one_wrong_row_keeps_all_of_them(office, desk, homes, tmp_path):
    head, joins, renamed = rows(homes)
    wrong = (homes[1], "sole", date(2026, 11, 9), "N99999", *[None] * 6)
    done = office("tenancy", "change", workbook(tmp_path / "changes.xlsx", head, joins, renamed, wrong), "--json")
    assert (done.code, events(desk)) == (1, 0)
    (error,) = done.data["errors"]
    assert (error["row"], error["column"]) == (4, "person")
    assert "no person with the reference" in error["message"]


def test_a_kind_that_there_is_not_is_told_with_its_row(office, homes, tmp_path):
    head, joins, _ = rows(homes)
    bad = (homes[0], "eaten by bears", *joins[2:])
    done = office("tenancy", "change", workbook(tmp_path / "changes.xlsx", head, bad))
    assert done.code == 1
    assert "row 2, change" in done.out
