"""Three accounts in debt and one in credit; two weeks charged; the tasks of two officers."""

from datetime import date

from app.models.values import AccountKind, JournalKind, Money
from app.services.diary import keeping
from app.services.diary.dto import NewTask
from app.services.home import queries
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.queries import journals
from app.services.ledger.weekly import journal_totals, moved_by_week
from app.services.rent.listed_dto import AccountFilter
from app.services.rent.queries import account_ids
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared

FIRST, SECOND = date(2026, 11, 9), date(2026, 11, 16)


@prepared
def landlord(desk):
    """40.00, 240.00 and 2,500.00 owed by current tenants, 90.00 by a former one, and 10.00 in credit."""

    def make(ctx):
        accounts = [lettings.letting(ctx, "100.00", reference=f"700{n}").account.id for n in range(4)]
        gone = lettings.letting(ctx, None, reference="7009", end_on=date(2026, 11, 8)).account.id
        for week, owed in ((FIRST, (40_00, 200_00, 2_500_00, 50_00)), (SECOND, (0, 100_00, 0, 0))):
            lines = [Line(at, "DBR", pence, week, week) for at, pence in zip(accounts, owed, strict=True) if pence]
            if week == FIRST:
                lines.append(Line(gone, "DBR", 90_00, week, week))
            post(ctx, JournalHeader(JournalKind.CHARGE_RUN, week, "test", f"charge {week}"), lines)
        paid = [Line(accounts[1], "RDD", -60_00, SECOND), Line(accounts[3], "RCP", -60_00, SECOND)]
        post(ctx, JournalHeader(JournalKind.RECEIPTS, SECOND, "test", "paid"), paid)
        refresh_search(ctx)
        return accounts

    return desk.do(make)


def test_arrears_are_banded_by_what_current_tenants_owe(desk, landlord):
    bands = desk.ask(queries.arrears)
    assert [(band.accounts, band.owed) for band in bands] == [
        (1, Money(40_00)),
        (1, Money(240_00)),
        (0, Money(0)),
        (0, Money(0)),
        (0, Money(0)),
        (1, Money(2_500_00)),
    ]
    assert bands[0].at_least == Money(0)
    assert bands[0].below == Money(100_00)
    assert bands[-1].below is None


def test_a_band_opens_exactly_its_accounts(desk, landlord):
    for band in desk.ask(queries.arrears):
        wanted = AccountFilter(
            kinds=frozenset({AccountKind.RENT}),
            live=True,
            owing=True,
            at_least=band.at_least or None,
            below=band.below,
        )
        assert len(desk.ask(account_ids, wanted)) == band.accounts


def test_each_week_says_what_was_charged_and_what_came_in(desk, landlord):
    weeks = desk.ask(queries.collection, 3)
    assert [(week.week, week.charged, week.received) for week in weeks] == [
        (date(2026, 11, 2), Money(0), Money(0)),
        (FIRST, Money(2_880_00), Money(0)),
        (SECOND, Money(100_00), Money(120_00)),
    ]


def test_figures_take_few_statements_whatever_the_accounts(desk, landlord, query_log):
    query_log.clear()
    desk.ask(queries.figures)
    assert len([each for each in query_log if each.startswith("SELECT")]) <= 4


def test_the_lines_of_a_journal_agree_to_the_control_accounts(desk, landlord):
    newest = desk.ask(journals)[0]
    totals = desk.ask(journal_totals, newest.number)
    assert (totals.lines, totals.on_accounts, totals.on_controls) == (2, Money(-120_00), Money(120_00))
    assert totals.agrees
    assert not desk.ask(journal_totals, 99).lines


def test_a_payment_taken_back_counts_against_its_week(desk, landlord):
    def unpaid(ctx):
        back = [Line(landlord[1], "RDN", 60_00, SECOND)]
        post(ctx, JournalHeader(JournalKind.RECEIPTS, SECOND, "test", "back"), back)

    desk.do(unpaid)
    (week,) = desk.ask(moved_by_week, SECOND, SECOND)
    assert week.received == Money(60_00)


def test_the_workload_counts_open_tasks_by_who_has_them(desk, colleague):
    def give(ctx):
        keeping.add_task(ctx, NewTask("late", date(2026, 11, 20), officer_id=colleague.officer.id))
        keeping.add_task(ctx, NewTask("soon", date(2026, 11, 30), officer_id=colleague.officer.id))
        keeping.add_task(ctx, NewTask("anybody's", date(2026, 11, 30)))

    desk.do(give)
    loads = [(load.name, load.overdue, load.waiting) for load in desk.ask(queries.workload)]
    assert loads == [("Test Colleague", 1, 1), ("Nobody yet", 0, 1)]
