"""Adjustments entered, approved, posted by a third officer, withdrawn and taken back; what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.values import AccountKind, AdjustmentState, Subject
from app.services.adjustments import commands, queries
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError, UserErrors
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.documents import keeping as documents
from app.services.documents import queries as kept
from app.services.documents.dto import NewLink
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from tests.factories import lettings
from tests.services.adjustments.conftest import ON, balance, close_september, count, entry, line, set_limits, third


def evidence(desk, account):
    """A document on an account; the id of its link."""

    def keep(ctx):
        sha256 = documents.put(ctx, b"%PDF-1.4 a decision", "application/pdf")
        return documents.link(ctx, sha256, NewLink(Subject.ACCOUNT, account.id, "scan", "Decision", "decision.pdf"))

    return desk.do(keep)


def test_within_the_limits_it_posts_at_once_and_tells_everything(team, home):
    desk, _ = team
    saved = desk.do(commands.enter, entry(line(home.account, 12_34, rent_week=ON), note="Third fob lost"))
    assert (saved.number, saved.state, saved.request_id) == (1, AdjustmentState.POSTED, None)
    assert saved.told == f"Adjustment 1 is posted as journal {saved.journal}: £12.34 debited."
    assert saved.changes.account_ids == {home.account.id}
    assert balance(desk, home.account) == 12_34
    found = desk.ask(queries.detail, saved.adjustment_id)
    assert (found.made_by, found.posted_by, found.approved_by) == ("Test Officer", "Test Officer", "")
    (shown,) = found.lines
    assert (shown.reference, shown.kind_title, shown.code, shown.amount.pence) == (
        "70 0001",
        "Debit correction",
        "ADJ",
        1234,
    )
    assert (shown.reason_title, found.journal) == ("Something else, said in the note", 1)
    assert found.accounting_on == date(2026, 11, 21)


def test_the_same_click_posts_once(team, home):
    desk, _ = team
    first = desk.do(commands.enter, entry(line(home.account, 500)))
    again = desk.do(commands.enter, entry(line(home.account, 500)))
    assert (again.adjustment_id, again.journal) == (first.adjustment_id, first.journal)
    assert again.told == "Adjustment 1 was entered already."
    assert balance(desk, home.account) == 500


def test_a_transfer_is_one_journal_on_both_accounts(team, home, other):
    desk, _ = team
    moved = line(home.account, 40_00, "transfer", other_account_id=other.account.id, reason="wrong_account")
    saved = desk.do(commands.enter, entry(moved))
    assert (balance(desk, home.account), balance(desk, other.account)) == (40_00, -40_00)
    assert saved.changes.account_ids == {home.account.id, other.account.id}
    assert desk.ask(queries.detail, saved.adjustment_id).lines[0].other_reference == "70 0002"
    assert desk.ask(checks.check) == ()


def test_a_second_officer_approves_what_is_above_the_limit(team, home):
    desk, colleague = team
    saved = desk.do(commands.enter, entry(line(home.account, -100_01)))
    assert (saved.state, saved.journal) == (AdjustmentState.WAITING, None)
    assert saved.told == (
        "Adjustment 1 waits for approval: it is above your limit for credits, £100.00 a line and £900.00 together, "
        "so a second officer approves it."
    )
    assert balance(desk, home.account) == 0
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        desk.do(approvals.approve, [saved.request_id])
    colleague.do(approvals.approve, [saved.request_id], "Looked at the order")
    assert balance(desk, home.account) == -100_01
    found = desk.ask(queries.detail, saved.adjustment_id)
    assert (found.made_by, found.approved_by, found.posted_by) == ("Test Officer", "Test Colleague", "Test Colleague")
    assert (found.decision, found.state) == ("Looked at the order", AdjustmentState.POSTED)
    (journal,) = desk.ask(ledger.journals)
    assert (journal.source, journal.lines) == ("adjustment 1", 1)


def test_lines_within_the_limit_of_a_line_may_be_above_that_of_a_batch(team, home):
    desk, _ = team
    lines = [line(home.account, 95_00, narrative=f"Fob {number}") for number in range(10)]
    saved = desk.do(commands.enter, entry(*lines))
    assert saved.state is AdjustmentState.WAITING
    assert "£900.00 together" in saved.told


def test_an_approver_needs_a_limit_that_covers_it(team, home):
    desk, colleague = team
    set_limits(desk, 50_00, 50_00, "colleague")
    saved = desk.do(commands.enter, entry(line(home.account, 150_00)))
    with pytest.raises(UserError, match="limit"):
        colleague.do(approvals.approve, [saved.request_id])
    assert desk.ask(queries.detail, saved.adjustment_id).state is AdjustmentState.WAITING


def test_from_an_amount_on_policy_wants_a_second_officer_whatever_the_limit(team, home):
    _, colleague = team
    saved = colleague.do(commands.enter, entry(line(home.account, 500_00)))
    assert saved.told.endswith("Debit correction of £500.00 or more is approved by a second officer.")
    assert colleague.do(commands.enter, entry(line(home.account, 499_99), key="two")).state is AdjustmentState.POSTED


def test_a_third_officer_posts_where_policy_says_so(team, home):
    desk, colleague = team
    third(desk, "credit")
    saved = desk.do(commands.enter, entry(line(home.account, -200_00)))
    colleague.do(approvals.approve, [saved.request_id])
    assert balance(desk, home.account) == 0
    assert desk.ask(queries.detail, saved.adjustment_id).to_post
    for each in team:
        with pytest.raises(UserError, match="earlier step"):
            each.do(commands.post, saved.adjustment_id)
    (row,) = desk.ask(queries.pending)
    assert (row.number, row.state, bool(row.why_not_post)) == (1, AdjustmentState.APPROVED, True)
    desk.do(add, NewOfficer("third", "Test Third", frozenset({Role.TEAM_LEADER})))
    poster = Desk.sit_down(desk.database, "third", desk.clock)
    assert poster.ask(queries.pending)[0].why_not_post == ""
    poster.do(commands.post, saved.adjustment_id)
    assert balance(desk, home.account) == -200_00
    assert desk.ask(queries.pending) == ()
    assert desk.ask(queries.detail, saved.adjustment_id).posted_by == "Test Third"


def test_what_is_refused_or_withdrawn_says_so_and_posts_nothing(team, home):
    desk, colleague = team
    refused = desk.do(commands.enter, entry(line(home.account, 200_00)))
    colleague.do(approvals.refuse, [refused.request_id], "Charged rightly")
    found = desk.ask(queries.detail, refused.adjustment_id)
    assert (found.state, found.decision) == (AdjustmentState.REFUSED, "Charged rightly")
    mine = desk.do(commands.enter, entry(line(home.account, 200_00), key="two"))
    with pytest.raises(UserError, match="Somebody else asked"):
        colleague.do(commands.withdraw, mine.adjustment_id, "Not needed")
    desk.do(commands.withdraw, mine.adjustment_id, "Entered on the wrong home")
    found = desk.ask(queries.detail, mine.adjustment_id)
    assert (found.state, found.reversed_by) == (AdjustmentState.WITHDRAWN, "Test Officer")
    assert found.reversal_reason == "Entered on the wrong home"
    assert balance(desk, home.account) == 0
    assert desk.ask(queries.pending) == ()
    with pytest.raises(UserError, match="withdrawn already"):
        desk.do(commands.withdraw, mine.adjustment_id, "Again")


def test_what_was_approved_can_still_be_withdrawn_before_it_is_posted(team, home):
    desk, colleague = team
    third(desk, "credit")
    saved = desk.do(commands.enter, entry(line(home.account, -200_00)))
    colleague.do(approvals.approve, [saved.request_id])
    colleague.do(commands.withdraw, saved.adjustment_id, "The order was for another home")
    found = desk.ask(queries.detail, saved.adjustment_id)
    assert (found.state, found.reversed_by, found.journal) == (AdjustmentState.WITHDRAWN, "Test Colleague", None)
    with pytest.raises(UserError, match="withdrawn, not approved"):
        desk.do(commands.post, saved.adjustment_id)


def test_one_officer_alone_posts_what_is_theirs_and_is_told_how_to_add_another(desk):
    home = desk.do(lettings.letting)
    set_limits(desk)
    assert desk.do(commands.enter, entry(line(home.account, 10_00))).state is AdjustmentState.POSTED
    with pytest.raises(UserError, match="takes two officers") as refused:
        desk.do(commands.enter, entry(line(home.account, 200_00), key="two"))
    assert "Add a second officer" in refused.value.hint
    assert count(desk) == 1


def test_a_kind_that_needs_evidence_goes_with_its_document_to_the_approver(team, home):
    desk, colleague = team
    waived = line(home.account, -20_00, "waiver", reason="goodwill", from_on=ON, to_on=ON + timedelta(days=6))
    with pytest.raises(UserError, match="needs evidence") as refused:
        desk.do(commands.enter, entry(waived))
    assert refused.value.field == "evidence"
    assert count(desk) == 0
    saved = desk.do(commands.enter, entry(waived, evidence=(evidence(desk, home.account),)))
    assert saved.told == "Adjustment 1 waits for approval: Waiver is always approved by a second officer."
    assert desk.ask(queries.detail, saved.adjustment_id).evidence == 1
    assert [row.title for row in colleague.ask(kept.listed, Subject.APPROVAL, saved.request_id)] == ["Decision"]


def test_an_adjustment_is_taken_back_whole_and_both_stay(team, home, other):
    desk, _ = team
    lines = (line(home.account, 30_00), line(other.account, -5_00))
    saved = desk.do(commands.enter, entry(*lines))
    with pytest.raises(UserError, match="Say why") as refused:
        desk.do(commands.reverse, saved.adjustment_id, "  ")
    assert refused.value.field == "reason"
    back = desk.do(commands.reverse, saved.adjustment_id, "Entered for the wrong month")
    assert (back.state, back.journal) == (AdjustmentState.REVERSED, 2)
    assert (balance(desk, home.account), balance(desk, other.account)) == (0, 0)
    assert len(desk.ask(ledger.ledger_page, home.account.id).lines) == 2
    found = desk.ask(queries.detail, saved.adjustment_id)
    assert (found.journal, found.reversal_journal, found.reversed_by) == (1, 2, "Test Officer")
    assert found.reversal_reason == "Entered for the wrong month"
    with pytest.raises(UserError, match="reversed, not posted"):
        desk.do(commands.reverse, saved.adjustment_id, "Again")
    assert desk.ask(checks.check) == ()


def test_taking_back_above_the_limit_takes_a_second_officer_too(team, home):
    desk, colleague = team
    saved = colleague.do(commands.enter, entry(line(home.account, 300_00)))
    asked = desk.do(commands.reverse, saved.adjustment_id, "Charged twice")
    assert asked.told.startswith("The reversal of adjustment 1 waits for approval: it is above your limit for credits")
    assert desk.ask(queries.detail, saved.adjustment_id).reversal_request_id == asked.request_id
    with pytest.raises(UserError, match="asked for already"):
        colleague.do(commands.reverse, saved.adjustment_id, "The same")
    assert balance(desk, home.account) == 300_00
    colleague.do(approvals.approve, [asked.request_id])
    assert balance(desk, home.account) == 0
    found = desk.ask(queries.detail, saved.adjustment_id)
    assert (found.state, found.reversal_reason) == (AdjustmentState.REVERSED, "Charged twice")
    assert found.reversal_request_id is None


def test_a_day_in_a_closed_period_posts_in_the_open_one_and_says_so(team, home):
    desk, colleague = team
    desk.do(commands.enter, entry(line(home.account, 500, effective_on=date(2026, 9, 7))))
    close_september(desk, colleague)
    saved = desk.do(commands.enter, entry(line(home.account, 700, effective_on=date(2026, 9, 14)), key="two"))
    assert saved.told.endswith("2026-27 P06 is closed, so it is reported in 2026-27 P08.")
    found = desk.ask(queries.detail, saved.adjustment_id)
    assert (found.accounting_on, found.posted_in) == (
        date(2026, 11, 21),
        "2026-27 P06 is closed, so it is reported in 2026-27 P08.",
    )
    assert desk.ask(ledger.balance, home.account.id, date(2026, 9, 30)).pence == 1200


def test_a_former_tenants_account_is_adjusted_like_any_other(team, home):
    desk, _ = team
    former = desk.do(lambda ctx: lettings.account(ctx, home.tenancy, AccountKind.FORMER_TENANT))
    saved = desk.do(commands.enter, entry(line(former, 15_00, "former_tenant")))
    assert saved.state is AdjustmentState.POSTED
    assert balance(desk, former) == 15_00


def test_the_same_again_needs_a_reason(team, home):
    desk, _ = team
    first = desk.do(commands.enter, entry(line(home.account, 12_00)))
    again = line(home.account, 12_00, effective_on=ON + timedelta(days=3))
    with pytest.raises(UserErrors, match="Adjustment 1 by Test Officer is the same") as refused:
        desk.do(commands.enter, entry(again, key="two"))
    assert refused.value.field == "like_reason"
    assert desk.do(commands.enter, entry(line(home.account, 12_01), key="three")).state is AdjustmentState.POSTED
    told = replace(again, like_reason="A second fob was lost")
    saved = desk.do(commands.enter, entry(told, key="two"))
    (shown,) = desk.ask(queries.detail, saved.adjustment_id).lines
    (standing,) = desk.ask(queries.detail, first.adjustment_id).lines
    assert (shown.like_id, shown.like_reason) == (standing.line_id, "A second fob was lost")
    for each in (first, saved):
        desk.do(commands.reverse, each.adjustment_id, "Both wrong")
    assert desk.do(commands.enter, entry(again, key="four")).state is AdjustmentState.POSTED


def test_more_lines_take_no_more_statements(team, home, query_log):
    desk, _ = team

    def statements(count):
        lines = [line(home.account, 1_00 + at, narrative="Fob", like_reason="Another") for at in range(count)]
        query_log.clear()
        assert desk.do(commands.enter, entry(*lines, key=f"{count}")).state is AdjustmentState.POSTED
        return len(query_log)

    statements(1)
    assert statements(24) <= statements(3) + 1
