"""Mandates of a spreadsheet loaded with their schedules: each is collected as its row says, or as policy has it."""

from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.models.direct_debits.schedules import Collection, DebitSchedule
from app.models.values import Frequency
from app.services.core.errors import UserErrors
from app.services.direct_debits import loading
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import MandateFilter, MandateSort, MandateView
from app.services.direct_debits.mandates.importing import commands, reading
from app.services.direct_debits.mandates.importing.dto import NewLoad
from tests.factories import lettings
from tests.prepared import prepared

HEAD = ("Account", "Payer name", "Sort code", "Account number", "Last collection", "Frequency", "Day")
BANKS = (("089999", "66374958"), ("107999", "88837491"), ("202959", "63748472"))


@prepared
def homes(desk):
    """Three homes."""
    return [desk.do(lettings.letting, reference=f"70 000{at}") for at in (1, 2, 3)]


def book(path, *collected):
    made = Workbook()
    made.active.append(HEAD)
    for at, (bank, each) in enumerate(zip(BANKS, collected, strict=False), 1):
        made.active.append((f"70 000{at}", "Mx Alex Sample", *bank, *each))
    made.save(path)
    return NewLoad(reading.read(path), len(collected))


def schedules(desk):
    rows = select(DebitSchedule).order_by(DebitSchedule.mandate_id)
    return desk.ask(lambda ctx: [*ctx.session.scalars(rows)])


def unplanned(desk):
    wanted = MandateFilter(view=MandateView.NO_SCHEDULE)
    return len(desk.ask(queries.ids, wanted, MandateSort.REFERENCE, descending=False))


def test_each_is_collected_as_its_row_says_or_as_policy_has_it(desk, homes, tmp_path):
    asked = book(
        tmp_path / "ddi.xlsx",
        (None, None, None),
        (date(2026, 11, 9), "Monthly", "15th"),
        (date(2026, 11, 13), "Fortnightly", "Fri"),
    )
    told = desk.do(loading.load, asked).told
    assert told == "Loaded and live: 3 mandates of ddi.xlsx. Schedules are made."
    found = schedules(desk)
    assert [(each.frequency, each.day) for each in found] == [
        (Frequency.MONTHLY, 1),
        (Frequency.MONTHLY, 15),
        (Frequency.FORTNIGHTLY, 4),
    ]
    assert all(each.count and each.pence for each in found)
    days = (
        select(Collection.planned_on)
        .where(Collection.mandate_id == found[2].mandate_id)
        .order_by(Collection.planned_on)
    )
    first = desk.ask(lambda ctx: ctx.session.scalars(days).first())
    assert first is not None
    assert (first - date(2026, 11, 13)).days % 14 == 0
    assert unplanned(desk) == 0


def test_many_schedules_are_made_by_as_many_statements_as_one(desk, homes, tmp_path, query_log):
    terms = {}
    for made in desk.do(commands.load, book(tmp_path / "ddi.xlsx", *[(None, None, None)] * 3)).collected:
        terms[made.mandate_id] = made
    assert (unplanned(desk), len(terms)) == (3, 3)

    def statements(*mandate_ids):
        wanted = {each: desk.ask(loading.terms_of, terms[each]) for each in mandate_ids}
        query_log.clear()
        desk.do(loading.make_all, wanted, "x")
        return len(query_log)

    one, two = sorted(terms)[:1], sorted(terms)[1:]
    assert statements(*two) <= statements(*one)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(DebitSchedule))) == 3


@pytest.mark.parametrize(
    ("often", "day"), [("Monthly", "31"), ("Weekly", "Saturday"), ("Weekly", "8"), (None, "Friday")]
)
def test_a_day_that_is_none_is_a_fault_of_its_row(desk, homes, tmp_path, often, day):
    with pytest.raises(UserErrors) as refused:
        desk.do(loading.load, book(tmp_path / "ddi.xlsx", (None, often, day)))
    assert [each.field for each in refused.value.errors] == ["rows.2.day"]
