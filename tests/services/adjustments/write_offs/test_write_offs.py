"""A debt from its case to the ledger, and what comes back."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.values import HoldKind, Money, WriteOffState
from app.services.adjustments.write_offs import asking, building, commands, queries
from app.services.adjustments.write_offs.dto import AskedCase, Band, NewAuthority, NewCase
from app.services.approvals import commands as approvals
from app.services.approvals import queries as requests
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError, UserErrors
from app.services.core.session import Desk
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.ledger import checks
from tests.factories import lettings

LAST_YEAR = date(2025, 3, 24)


def test_asked_approved_and_posted_by_three_it_goes_against_the_provision(office):
    tenancy, account = office.owes("300.00")
    case = office.build(tenancy, account, "300.00")
    schedule = office.schedule(case)
    submitted = office.asks.do(commands.submit, schedule.record_id)
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        office.asks.do(approvals.approve, [submitted.request_id], "Mine")
    office.approve(submitted)
    assert office.balance(account) == Money(300_00)
    for desk in (office.asks, office.approves):
        with pytest.raises(UserError, match="somebody else posts it"):
            desk.do(commands.post, schedule.record_id)
    posted = office.posts.do(commands.post, schedule.record_id)
    assert office.balance(account) == Money(0)
    provision = select(func.sum(Account.balance_pence)).where(Account.control_key == "write_off_provision")
    assert office.asks.ask(lambda ctx: ctx.session.scalar(provision)) == 300_00
    (row,) = office.asks.ask(queries.listed)
    assert (row.state, row.journal, row.approved_by, row.posted_by) == (
        WriteOffState.POSTED,
        posted.journal,
        "Test Colleague",
        "Test Third",
    )
    with pytest.raises(UserError, match="is posted, not approved"):
        office.posts.do(commands.post, schedule.record_id)
    assert office.asks.ask(checks.check) == ()


def test_a_condition_that_is_not_met_keeps_it_a_draft(office):
    tenancy, account = office.owes("40.00")
    new = NewCase("k", tenancy, "uneconomic", {account: Money(40_00)})
    case = office.asks.do(commands.build, new)
    found = office.asks.ask(queries.detail, case.record_id)
    assert (found.row.unmet, found.row.band, found.authority) == (1, Band.SMALL, "Line manager")
    assert {each.what: each.met for each in found.findings}["Letters"] is False
    with pytest.raises(UserError, match=r"can't go forward: letters\. 0 letters went out; this reason asks for 1"):
        office.schedule(case)
    assert office.asks.do(commands.build, new).record_id == case.record_id


def test_the_authority_is_worked_out_on_everything_owed_and_the_last_12_months(office):
    person = office.asks.do(lambda ctx: lettings.person(ctx, "Pat", "Sample").id)

    first = office.owes("3000.00", person=person)
    office.owes("1999.99", person=person)
    facts = office.asks.ask(building.facts, first[0])
    assert (facts.owed, facts.basis) == (Money(4_999_99), Money(4_999_99))
    case = office.build(*first, "3000.00")
    schedule = office.schedule(case)
    assert office.asks.ask(queries.detail, case.record_id).row.band is Band.OFFICER
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    office.posts.do(commands.post, schedule.record_id)
    third = office.owes("0.01", person=person)
    facts = office.asks.ask(building.facts, third[0])
    assert (facts.owed, facts.basis) == (Money(2_000_00), Money(5_000_00))
    told = office.asks.ask(asking.effects, AskedCase("x", third[1], "prison"))
    (authority,) = [each.text for each in told if each.group == "Authority"]
    assert authority.startswith("Section 151 officer with the Executive Member decides, on £5,000.00")


def test_what_an_approver_may_not_approve_by_their_limit(office):
    case = office.build(*(debt := office.owes("300.00")), "300.00")
    office.limit("299.99")
    submitted = office.asks.do(commands.submit, office.schedule(case).record_id)
    with pytest.raises(UserError, match="limit"):
        office.approve(submitted)
    assert office.balance(debt[1]) == Money(300_00)


def test_only_what_is_still_owed_is_written_off(office):
    tenancy, account = office.owes("300.00")
    schedule = office.schedule(office.build(tenancy, account, "300.00"))
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    office.post(account, "-80.00", "RCP", date(2026, 11, 20))
    told = office.posts.do(commands.post, schedule.record_id).told
    assert "£220.00 written off. £80.00 had been paid since" in told
    assert office.balance(account) == Money(0)


def test_a_hold_placed_after_approval_stops_the_posting(office):
    tenancy, account = office.owes("300.00")
    schedule = office.schedule(office.build(tenancy, account, "300.00"))
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    office.asks.do(holds.place, PlaceHold(account, HoldKind.DISPUTE, "The amount is disputed"))
    with pytest.raises(UserError, match="The amount is disputed"):
        office.posts.do(commands.post, schedule.record_id)
    assert office.balance(account) == Money(300_00)


def test_refused_it_says_so_and_the_debt_stays(office):
    tenancy, account = office.owes("300.00")
    case = office.build(tenancy, account, "300.00")
    submitted = office.asks.do(commands.submit, office.schedule(case).record_id)
    office.approves.do(approvals.refuse, [submitted.request_id], "Look for them first")
    assert office.asks.ask(queries.detail, case.record_id).row.state is WriteOffState.REFUSED
    assert office.balance(account) == Money(300_00)
    assert office.build(tenancy, account, "300.00", "dispute").record_id != case.record_id


def test_alone_nothing_is_submitted(desk):
    from tests.services.adjustments.write_offs.conftest import Office

    office = Office(desk, desk, desk)
    schedule = office.schedule(office.build(*office.owes("300.00"), "300.00"))
    with pytest.raises(UserError, match="This takes two officers"):
        desk.do(commands.submit, schedule.record_id)


def test_bad_amounts_are_refused_beside_their_account(office):
    tenancy, account = office.owes("300.00")
    for pounds, said in (
        ("0.00", "does nothing"),
        ("300.01", "more than is owed"),
        ("10000000.00", "more than is owed"),
    ):
        with pytest.raises(UserErrors, match=said) as raised:
            office.build(tenancy, account, pounds)
        assert raised.value.errors[0].field == f"amounts.{account}"
    office.build(tenancy, account, "300.00")
    with pytest.raises(UserError, match="is open on this account already"):
        office.build(tenancy, account, "200.00")


def test_a_draft_is_changed_and_withdrawn(office):
    tenancy, account = office.owes("300.00")
    case = office.build(tenancy, account, "300.00")
    version = office.asks.ask(queries.detail, case.record_id).row.version
    new = NewCase("k", tenancy, "dispute", {account: Money(200_00)}, note="Half of it")
    office.asks.do(commands.change, case.record_id, new, version)
    assert office.asks.ask(queries.detail, case.record_id).row.amount == Money(200_00)
    with pytest.raises(UserError, match="Somebody else changed"):
        office.asks.do(commands.change, case.record_id, new, version)
    assert office.asks.do(commands.withdraw, case.record_id).state is WriteOffState.WITHDRAWN


def test_a_schedule_that_was_not_submitted_frees_its_cases(office):
    case = office.build(*office.owes("300.00"), "300.00")
    schedule = office.schedule(case)
    with pytest.raises(UserError, match="not a free draft"):
        office.asks.do(commands.make_schedule, commands.NewSchedule("other", "Again", (case.record_id,)))
    office.asks.do(commands.drop_schedule, schedule.record_id)
    assert [each.write_off_id for each in office.asks.ask(queries.drafts)] == [case.record_id]


def test_what_is_out_of_time_is_marked_and_the_header_shows_what_was_written_off(office):
    from app.services.rent import marks

    account, case = office.written_off("300.00", "statute_barred", ended=date(2019, 3, 31), on=date(2019, 3, 25))
    (debt,) = office.asks.ask(queries.detail, case).debts
    assert (debt.barred, debt.oldest_on) == (Money(300_00), date(2019, 3, 25))
    shown = office.asks.ask(lambda ctx: marks.plugged(ctx, account, ctx.clock.today()))
    assert [each.text for each in shown] == ["£300.00 written off", "Unenforceable"]


def test_what_is_out_of_time_is_looked_at_again_when_it_is_posted(office):
    """Of 300.00 the oldest 100.00 were out of time; 50.00 of them were paid while the schedule waited."""
    tenancy, account = office.owes("100.00", on=date(2019, 3, 25))
    office.post(account, "200.00", "DBR", LAST_YEAR)
    case = office.build(tenancy, account, "300.00")
    (debt,) = office.asks.ask(queries.detail, case.record_id).debts
    assert debt.barred == Money(100_00)
    schedule = office.schedule(case)
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    office.posts.do(commands.post, schedule.record_id)
    (debt,) = office.asks.ask(queries.detail, case.record_id).debts
    assert (debt.amount, debt.barred) == (Money(250_00), Money(50_00))


# Authorities outside Rentbook


def test_outside_it_takes_their_minute_and_then_no_limit_of_an_approver(office):
    tenancy, account = office.owes("60000.00")
    schedule = office.schedule(office.build(tenancy, account, "60000.00"))
    (row,) = office.asks.ask(queries.listed)
    assert (row.band, row.authority) == (Band.CABINET, "Cabinet")
    with pytest.raises(UserError, match="somebody outside Rentbook"):
        office.asks.do(commands.submit, schedule.record_id)
    with pytest.raises(UserError, match="is to come"):
        office.asks.do(
            commands.record_authority, NewAuthority(row.schedule_id, "45/2026", date(2026, 12, 1), row.version)
        )
    office.asks.do(commands.record_authority, NewAuthority(row.schedule_id, "45/2026", date(2026, 11, 10), row.version))
    submitted = office.asks.do(commands.submit, schedule.record_id)
    office.approve(submitted)
    office.posts.do(commands.post, schedule.record_id)
    assert office.balance(account) == Money(0)
    (row,) = office.asks.ask(queries.listed)
    assert row.minute == "minute 45/2026 of 10 Nov 2026, recorded by Test Officer"


def test_the_schedule_goes_as_pdf_and_workbook_with_totals_by_reason(office):
    """Two cases of 300.00 and 45.50 for prison, one of 100.00 for a dispute: 345.50 and 100.00, 445.50 in all."""
    debts = [office.owes("300.00"), office.owes("45.50"), office.owes("100.00")]
    reasons = zip(debts, ("300.00", "45.50", "100.00"), ("prison", "prison", "dispute"), strict=True)
    schedule = office.schedule(*(office.build(*debt, pounds, reason) for debt, pounds, reason in reasons))
    submitted = office.asks.do(commands.submit, schedule.record_id)
    request = office.approves.ask(requests.request, submitted.request_id)
    assert {each.file_name for each in request.evidence} == {"write-off-schedule-1.pdf", "write-off-schedule-1.xlsx"}
    assert [each.label for each in request.details[:2]] == [
        "In prison for a long term: 2 in all",
        "Dispute that can't be settled: 1 in all",
    ]
    book = load_workbook(BytesIO(office.asks.ask(queries.schedule_xlsx, schedule.record_id)))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    pages = PdfReader(BytesIO(office.asks.ask(queries.schedule_pdf, schedule.record_id).content)).pages
    text = pages[0].extract_text()
    for said in (
        "3 cases, £445.50 in all",
        "In prison for a long term: 2 cases, £345.50",
        "Dispute that can't be settled: 1 case, £100.00",
    ):
        assert said in cells
        assert said in text


def test_a_kill_between_approval_and_posting_leaves_it_to_be_posted_once(office):
    tenancy, account = office.owes("300.00")
    schedule = office.schedule(office.build(tenancy, account, "300.00"))
    office.approve(office.asks.do(commands.submit, schedule.record_id))

    def killed(ctx):
        commands.post(ctx, schedule.record_id)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.posts.do(killed)
    assert office.balance(account) == Money(300_00)
    tomorrow = Desk(office.posts.database, office.posts.officer, FixedClock(date(2026, 11, 22)))
    tomorrow.do(commands.post, schedule.record_id)
    assert office.balance(account) == Money(0)
