"""Posting: what goes in balances, is numbered, chained and kept, or doesn't go in at all."""

from datetime import date

import pytest
from sqlalchemy import func, literal, select, text
from sqlalchemy.exc import DBAPIError

from app.models.accounts import Account
from app.models.ledger import Entry, Journal
from app.models.values import AccountKind, Basis, CodeKind, Fund, JournalKind, Money
from app.services.core.errors import UserError
from app.services.ledger import checks, commands, controls, queries
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

MONDAY = date(2026, 11, 16)
WEEK_BEFORE = date(2026, 11, 9)


@prepared
def account(desk):
    return desk.do(lambda ctx: lettings.letting(ctx).account.id)


def header(key="test:1", accounting_on=MONDAY, **more):
    return JournalHeader(JournalKind.ADJUSTMENT, accounting_on, "test", key, **more)


def line(account, pence=11842, code="DBR", on=MONDAY, **more):
    return Line(account, code, pence, on, **more)


def scalar(desk, statement):
    return desk.ask(lambda ctx: ctx.session.scalar(statement))


def test_a_posting_gets_the_contra_that_makes_it_balance(desk, account):
    posted = desk.do(commands.post, header(), [line(account)])
    income = desk.ask(queries.control_account, "income:rent", Fund.HRA)
    rows = desk.ask(lambda ctx: ctx.session.execute(select(Entry.account_id, Entry.pence).order_by(Entry.line)).all())
    assert [tuple(row) for row in rows] == [(account, 11842), (income, -11842)]
    assert (posted.journal, posted.lines, posted.total_pence, posted.duplicate) == (1, 1, 11842, False)


def test_kept_balances_move_with_the_posting_on_both_sides(desk, account):
    desk.do(commands.post, header(), [line(account), line(account, -5000, "RCP")])
    cash = desk.ask(queries.control_account, "cash:card", Fund.HRA)
    kept = dict(
        desk.ask(lambda ctx: [tuple(r) for r in ctx.session.execute(select(Account.id, Account.balance_pence))])
    )
    assert (kept[account], kept[cash]) == (6842, 5000)
    assert sum(kept.values()) == 0


def test_numbers_run_without_a_gap_over_a_posting_that_failed(desk, account):
    desk.do(commands.post, header("a"), [line(account)])
    with pytest.raises(UserError, match="doesn't allow a credit"):
        desk.do(commands.post, header("b"), [line(account, -1)])
    assert desk.do(commands.post, header("c"), [line(account)]).journal == 2


def test_the_same_key_never_posts_twice(desk, account):
    first = desk.do(commands.post, header(), [line(account)])
    again = desk.do(commands.post, header(), [line(account)])
    assert (again.journal, again.duplicate) == (first.journal, True)
    assert desk.ask(queries.balance, account) == Money(11842)


def test_no_narrative_or_reason_holds_a_card_number(desk, account):
    card = "4111 1111 1111 1111"  # the test number that every card scheme's papers print
    with pytest.raises(UserError, match="looks like a card number, ending 1111"):
        desk.do(commands.post, header(), [line(account, narrative=f"Paid by {card}")])
    desk.do(commands.post, header(), [line(account)])
    with pytest.raises(UserError, match="looks like a card number"):
        desk.do(commands.reverse, 1, f"Paid by {card}", "undo:1")


def test_the_same_key_with_other_lines_is_refused(desk, account):
    desk.do(commands.post, header(), [line(account)])
    with pytest.raises(UserError, match="made before, as journal 1, with other lines"):
        desk.do(commands.post, header(), [line(account, 5000)])
    assert desk.ask(queries.balance, account) == Money(11842)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (line(1, 0), "£0.00"),
        (line(1, 100, "XXX"), "not a transaction code"),
        (line(1, 100, "RCP"), None),
        (line(1, 100, "RDD"), "doesn't allow a debit"),
        (line(1, 100, narrative="two\nlines"), "line breaks"),
        (line(1, 100, narrative="x" * 201), "200 characters"),
        (line(987654, 100), "no account number 987654"),
    ],
)
def test_a_line_with_a_fault_is_refused_in_a_sentence(desk, account, bad, sentence):
    if sentence is None:
        assert desk.do(commands.post, header(), [bad]).lines == 1
        return
    with pytest.raises(UserError, match=sentence):
        desk.do(commands.post, header(), [line(account), bad])
    assert scalar(desk, select(func.count()).select_from(Journal)) == 0


def test_a_declared_total_that_is_not_met_posts_nothing(desk, account):
    with pytest.raises(UserError, match=r"to be 2 lines of £236.84, but comes to 1 lines of £118.42"):
        desk.do(commands.post, header(declared_count=2, declared_pence=23684), [line(account)])
    assert desk.ask(queries.balance, account) == Money(0)


def test_nothing_to_post_is_refused(desk):
    with pytest.raises(UserError, match="nothing to post"):
        desk.do(commands.post, header(), [])


def test_a_whole_journal_of_the_callers_own_must_balance(desk, account):
    suspense = desk.ask(queries.control_account, "suspense", Fund.HRA)
    with pytest.raises(UserError, match="add up to nothing"):
        desk.do(commands.post, header(), [line(account), line(suspense, -1, "CTL")], contras=False)
    desk.do(commands.post, header(), [line(account), line(suspense, -11842, "CTL")], contras=False)
    assert desk.ask(checks.check) == ()


def test_bulk_posts_what_a_select_finds_with_one_contra_a_control(desk):
    def three(ctx):
        return [lettings.letting(ctx).account.id for _ in range(3)]

    ids = desk.do(three)

    def lines():
        return select(
            Account.id.label("account_id"),
            literal("DBR").label("code"),
            literal(10000).label("pence"),
            literal(MONDAY).label("effective_on"),
            literal(MONDAY).label("rent_week"),
            literal("").label("narrative"),
        ).where(Account.kind == AccountKind.RENT)

    posted = desk.do(commands.post_bulk, header("bulk", declared_count=3, declared_pence=30000), lines())
    assert (posted.lines, posted.total_pence) == (3, 30000)
    assert scalar(desk, select(func.count()).select_from(Entry)) == 4
    assert [desk.ask(queries.balance, account_id) for account_id in ids] == [Money(10000)] * 3
    assert desk.do(commands.post_bulk, header("bulk"), lines()).duplicate
    assert desk.ask(checks.check) == ()


def test_a_reversal_needs_a_reason(desk, account):
    desk.do(commands.post, header(), [line(account)])
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.reverse, 1, "  ", "undo:1")


def test_a_reversal_is_the_opposite_and_happens_once(desk, account):
    desk.do(commands.post, header(), [line(account, on=WEEK_BEFORE, rent_week=WEEK_BEFORE), line(account, -500, "RCP")])
    undone = desk.do(commands.reverse, 1, "charged in error", "undo:1")
    assert (undone.journal, undone.lines, undone.total_pence) == (2, 2, -11342)
    assert desk.ask(queries.balance, account) == Money(0)
    assert desk.ask(queries.balance, account, WEEK_BEFORE) == Money(0)
    assert desk.ask(checks.check) == ()
    with pytest.raises(UserError, match="reversed already, by journal 2"):
        desk.do(commands.reverse, 1, "again", "undo:1b")
    with pytest.raises(UserError, match="itself a reversal"):
        desk.do(commands.reverse, 2, "undo the undoing", "undo:2")
    with pytest.raises(UserError, match="no journal 99"):
        desk.do(commands.reverse, 99, "what", "undo:99")


@pytest.mark.sqlite_file
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET pence = 1",
        "DELETE FROM entry",
        "UPDATE journal SET source = 'x'",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal",
        "REPLACE INTO entry SELECT * FROM entry",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "INSERT INTO entry SELECT journal, 99, account_id, code, 500, effective_on, rent_week, narrative FROM entry",
        "UPDATE audit_entry SET after = ''",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_what_is_posted(desk, account, statement):
    desk.do(commands.post, header(), [line(account)])
    with pytest.raises(DBAPIError, match="append only"):
        desk.do(lambda ctx: ctx.session.execute(text(statement)))


def test_too_far_ahead_is_refused(desk, account):
    with pytest.raises(UserError, match="too far ahead"):
        desk.do(commands.post, header(accounting_on=date(2027, 2, 1)), [line(account)])


def test_a_backdated_line_shows_in_both_meanings_of_as_at(desk, account):
    desk.do(commands.post, header("a", date(2026, 9, 7)), [line(account, 1000, on=date(2026, 9, 7))])
    desk.do(commands.post, header("b", date(2026, 11, 2)), [line(account, 200, on=date(2026, 9, 14))])
    known = desk.ask(queries.balance, account, date(2026, 9, 30), Basis.KNOWN)
    reported = desk.ask(queries.balance, account, date(2026, 9, 30), Basis.REPORTED)
    assert (known, reported) == (Money(1200), Money(1000))
    assert desk.ask(checks.check) == ()


def test_a_ledger_page_carries_the_balance_and_filters_without_changing_it(desk, account):
    desk.do(commands.post, header("a"), [line(account, on=WEEK_BEFORE), line(account, -10000, "RCP"), line(account)])
    page = desk.ask(queries.ledger_page, account, MONDAY, MONDAY)
    assert page.brought_forward == Money(11842)
    assert [(row.amount.pence, row.balance.pence) for row in page.lines] == [(-10000, 1842), (11842, 13684)]
    assert page.carried_forward == Money(13684)
    receipts = desk.ask(queries.ledger_page, account, None, None, {CodeKind.RECEIPT})
    assert [row.balance.pence for row in receipts.lines] == [1842]
    assert receipts.carried_forward == Money(13684)


def test_the_newest_journal_of_an_account_is_told_without_its_ledger(desk, account):
    other = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    assert desk.ask(queries.newest_journal, account) == 0
    desk.do(commands.post, header(), [line(account)])
    second = desk.do(commands.post, header("test:2"), [line(account, 100, on=WEEK_BEFORE)])
    desk.do(commands.post, header("test:3"), [line(other)])
    assert desk.ask(queries.newest_journal, account) == second.journal


def test_a_journal_over_two_funds_says_what_stands_between_them(desk, account):
    """50.00 from a General Fund account to one of the HRA: the HRA is owed 50.00, and each fund's lines come to nothing."""
    other = desk.do(lambda ctx: controls.control(ctx, "transfers", Fund.GENERAL))
    moved = [line(account, -50_00, "ADJ"), line(other, 50_00, "CTL")]
    posted = desk.do(commands.post, header(), moved, contras=False)
    assert (posted.lines, posted.total_pence) == (2, 0)

    def between(ctx):
        rows = select(Account.fund, Account.balance_pence).where(Account.control_key == "between_funds")
        return dict(ctx.session.execute(rows).all())

    assert desk.ask(between) == {Fund.HRA: 50_00, Fund.GENERAL: -50_00}
    assert desk.ask(checks.check) == ()
    desk.do(commands.reverse, posted.journal, "Posted by mistake", "back")
    assert desk.ask(between) == {Fund.HRA: 0, Fund.GENERAL: 0}
    assert desk.ask(checks.check) == ()
