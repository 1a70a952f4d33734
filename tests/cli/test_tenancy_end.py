"""`rentbook tenancy end`."""

from datetime import date

from openpyxl import Workbook
from sqlalchemy import select

from app.models.endings import Ending
from app.models.tenancies import Tenancy
from app.services.charges.commands import charge_week
from tests.factories import lettings
from tests.prepared import prepared

WEEKS = (date(2026, 11, 9), date(2026, 11, 16))
HEAD = ("Tenancy", "Reason", "Notice", "Last day", "Keys", "Keys at", "Why", "Garages")


@prepared
def homes(desk, office):
    """Two homes at 70.00, charged for the weeks of 9 and 16 November."""

    def build(ctx):
        return [lettings.letting(ctx, "70.00", start_on=date(2026, 8, 3)).tenancy.ref for _ in range(2)]

    made = desk.do(build)
    for week in WEEKS:
        desk.do(charge_week, week)
    return made


def workbook(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def endings(desk):
    return desk.database.read(lambda session: len(session.scalars(select(Ending)).all()))


def rows(homes):
    first = (homes[0], "Tenant's notice", date(2026, 10, 14), None, date(2026, 11, 16), "09:30", None, "yes")
    return HEAD, first, (homes[1], "Surrender", None, date(2026, 11, 18), date(2026, 11, 18), None, None, None)


def test_a_file_is_tried_and_then_kept(office, desk, homes, tmp_path):
    file = workbook(tmp_path / "ends.xlsx", *rows(homes))
    tried = office("tenancy", "end", file, "--dry-run", "--json")
    assert (tried.code, endings(desk)) == (0, 0)
    assert [(each["last_day"], each["balance_pence"]) for each in tried.data["ended"]] == [
        ("2026-11-15", 70_00),  # the keys came on Monday morning, in time
        ("2026-11-18", 100_00),  # 70.00 and three of seven days
    ]
    kept = office("tenancy", "end", file)
    assert kept.code == 0
    assert "2 endings are saved." in kept.out
    assert "£100.00 DR" in kept.out
    ends = desk.database.read(lambda session: session.scalars(select(Tenancy.end_on).order_by(Tenancy.id)).all())
    assert ends == [date(2026, 11, 15), date(2026, 11, 18)]
    again = office("tenancy", "end", file)
    assert again.code == 1
    assert "has ended" in again.out


def test_one_wrong_row_keeps_all_of_them(office, desk, homes, tmp_path):
    head, first, second = rows(homes)
    wrong = (second[0], second[1], None, date(2036, 11, 18), *second[4:])
    done = office("tenancy", "end", workbook(tmp_path / "ends.xlsx", head, first, wrong), "--json")
    assert (done.code, endings(desk)) == (1, 0)
    assert done.data["ended"] == []
    (error,) = done.data["errors"]
    assert (error["row"], error["column"]) == (3, "last_day")


def test_a_file_is_read_whole_before_anything_is_done(office, homes, tmp_path):
    head, first, _ = rows(homes)
    file = workbook(tmp_path / "ends.xlsx", head, first, first, ("T9", "eaten by bears", *[None] * 6))
    done = office("tenancy", "end", file)
    assert done.code == 1
    assert "row 4, reason" in done.out
    unknown = workbook(tmp_path / "more.xlsx", head, first, first, ("T9", *[None] * 7))
    assert "stands in row 2 already" in office("tenancy", "end", unknown).out
