"""A batch that is keyed: declared first, looked through whole, posted as one journal, reversed as one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.access import DeclaredAccount
from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine, AdjustmentReason
from app.models.ledger import Entry
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, AdjustmentOrigin, AdjustmentState, Money, Relation
from app.services.adjustments import commands as adjustments
from app.services.adjustments.batches import commands, queries
from app.services.adjustments.batches.dto import Standing
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError, UserErrors
from app.services.ledger import checks
from tests.factories import lettings
from tests.services.adjustments.batches.conftest import batch, keyed
from tests.services.adjustments.conftest import balance, close_september, entry, line

FORMER = AccountKind.FORMER_TENANT


def told(found):
    return [(each.row, each.field) for each in found.mistakes]


def test_a_batch_is_posted_as_one_journal_and_a_plain_amount_goes_the_way_of_its_kind(desk, homes):
    first, second, third = homes
    new = batch(keyed(1, first, 10_00), keyed(2, second, 25_50), keyed(3, third, 4_00, kind="debit"), declared=-31_50)
    found = desk.ask(queries.checked, new)
    assert not found.mistakes
    assert [(each.kind, each.lines, each.debit, each.credit) for each in found.kinds] == [
        ("debit", 1, Money(4_00), Money(0)),
        ("credit", 2, Money(0), Money(35_50)),
    ]
    assert found.standing == Standing(3, Money(-31_50), 3, Money(-31_50))
    assert not found.needs
    saved = desk.do(commands.submit, new)
    assert saved.state is AdjustmentState.POSTED
    assert [balance(desk, each) for each in homes] == [-10_00, -25_50, 4_00]
    row = desk.ask(lambda ctx: ctx.session.get(Adjustment, saved.adjustment_id))
    assert (row.origin, row.declared_count, row.declared_pence) == (AdjustmentOrigin.BATCH, 3, -31_50)
    assert not desk.ask(checks.check)


def test_the_same_click_posts_once(desk, homes):
    new = batch(keyed(1, homes[0], 10_00))
    first = desk.do(commands.submit, new)
    assert desk.do(commands.submit, new).adjustment_id == first.adjustment_id
    assert balance(desk, homes[0]) == -10_00


def test_every_mistake_is_told_at_once(desk, homes):
    first, second, third = homes
    new = batch(
        keyed(1, None, 10_00),
        keyed(2, first, None),
        keyed(3, second, 0),
        keyed(4, second, 10_000_000_00),
        keyed(5, third, 5_00, kind="recharge"),
        keyed(6, third, 5_00, kind="transfer", reason="offset"),
        keyed(7, third, 5_00, kind="transfer", reason="offset", other=third.id),
        keyed(8, third, 5_00, kind="allowance", reason="decant"),
        keyed(9, third, 5_00, narrative="Card 4111 1111 1111 1111"),
        keyed(10, third, 5_00, reason="offset"),
        title=" ",
    )
    found = desk.ask(queries.checked, new)
    assert told(found) == [
        (0, "title"),
        (1, "account"),
        (2, "amount"),
        (3, "amount"),
        (4, "amount"),
        (5, "kind"),
        (6, "other"),
        (7, "other"),
        (8, "from_on"),
        (9, "narrative"),
        (10, "reason"),
    ]
    assert all(each.message and "411111" not in each.message for each in found.mistakes)
    with pytest.raises(UserErrors) as refused:
        desk.do(commands.submit, new)
    assert refused.value.errors[1].field == "rows.1.account"
    assert desk.ask(lambda ctx: ctx.session.query(Adjustment).count()) == 0


@pytest.mark.parametrize(
    ("count", "declared", "words"),
    [
        (3, -15_00, "3 lines were declared and there are 2."),
        (2, -15_01, "£15.01 CR was declared and they come to £15.00 CR."),
        (None, None, ""),
    ],
)
def test_nothing_is_posted_that_is_not_what_was_declared(desk, homes, count, declared, words):
    rows = (keyed(1, homes[0], 10_00), keyed(2, homes[1], 5_00))
    new = batch(*rows, declared=declared)
    if count != 2:
        new = replace(new, declared_count=count, declared=None if declared is None else Money(declared))
    found = desk.ask(queries.checked, new)
    assert told(found) == [(0, "declared")]
    assert words in found.mistakes[0].message
    with pytest.raises(UserErrors):
        desk.do(commands.submit, new)
    assert balance(desk, homes[0]) == 0


def test_what_is_still_to_come_is_declared_less_what_is_there():
    standing = Standing(5, Money(-50_00), 12, Money(-120_00))
    assert (standing.lines_out, standing.out, standing.agrees) == (7, Money(-70_00), False)


def test_what_was_looked_through_is_not_looked_through_again(desk, homes, query_log):
    new = batch(keyed(1, None, 10_00, reference="70 0001"), keyed(2, None, 5_00, reference="70 0002"))
    found = desk.ask(queries.checked, new)
    assert any("reference_key IN" in each for each in query_log)
    query_log.clear()
    assert desk.do(commands.submit, replace(new), found=found).state is AdjustmentState.POSTED
    assert not [each for each in query_log if "reference_key IN" in each]
    assert [balance(desk, each) for each in homes] == [-10_00, -5_00, 0]


def no_reason(desk, account):
    desk.do(lambda ctx: setattr(ctx.session.get_one(AdjustmentReason, "other"), "active", False))


def the_same(desk, account):
    desk.do(adjustments.enter, entry(line(account, -10_00), key="earlier"))


def declared(desk, account):
    own = {"relation": Relation.OWN, "from_on": desk.clock.today(), "declared_by": desk.officer.id}
    desk.do(lambda ctx: ctx.session.add(DeclaredAccount(officer_id=desk.officer.id, account_id=account.id, **own)))


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [(no_reason, "That reason doesn't fit"), (the_same, "is the same"), (declared, "You declared this account")],
)
def test_what_changed_since_it_was_looked_through_is_looked_at_again(desk, homes, meanwhile, words):
    new = batch(keyed(1, homes[0], 10_00), keyed(2, homes[1], 5_00))
    found = desk.ask(queries.checked, new)
    meanwhile(desk, homes[0])
    with pytest.raises(UserErrors, match=words):
        desk.do(commands.submit, new, found=found)
    assert balance(desk, homes[1]) == 0


def test_what_was_looked_through_is_no_leave_for_other_rows(desk, homes):
    found = desk.ask(queries.checked, batch(keyed(1, homes[0], 10_00)))
    saved = desk.do(commands.submit, batch(keyed(1, homes[1], 5_00)), found=found)
    assert saved.state is AdjustmentState.POSTED
    assert [balance(desk, each) for each in homes] == [0, -5_00, 0]


def test_an_account_that_became_of_another_kind_is_refused(desk, homes):
    desk.do(lambda ctx: setattr(ctx.session.get_one(AdjustmentKind, "credit"), "account_kinds", "rent"))
    new = batch(keyed(1, homes[0], 10_00))
    found = desk.ask(queries.checked, new)
    desk.do(lambda ctx: setattr(ctx.session.get_one(Account, homes[0].id), "kind", AccountKind.SUNDRY))
    with pytest.raises(UserError, match="Account 70 0001 is a sundry account by now"):
        desk.do(commands.submit, new, found=found)


def test_a_line_like_an_earlier_one_says_why_it_is_not_the_same_again(desk, homes):
    desk.do(commands.submit, batch(keyed(1, homes[0], 10_00)))
    again = batch(keyed(1, homes[1], 5_00), keyed(2, homes[0], 10_00), entry_key="two")
    found = desk.ask(queries.checked, again)
    assert told(found) == [(2, "like_reason")]
    assert found.alike[0][0] == 2
    said = batch(keyed(1, homes[1], 5_00), keyed(2, homes[0], 10_00, like_reason="A second week"), entry_key="two")
    saved = desk.do(commands.submit, said)
    rows = desk.ask(lambda ctx: ctx.session.query(AdjustmentLine).filter_by(adjustment_id=saved.adjustment_id).all())
    assert [(each.like_id is not None, each.like_reason) for each in rows] == [(False, ""), (True, "A second week")]


def test_above_the_limit_for_a_batch_a_second_officer_approves_and_the_whole_is_reversed(team, homes):
    desk, colleague = team
    rows = [
        keyed(n, homes[n % 3], 90_00 + n, effective_on=date(2026, 11, 16) - timedelta(weeks=n)) for n in range(1, 12)
    ]
    new = batch(*rows)
    assert "above your limit" in desk.ask(queries.checked, new).needs
    saved = desk.do(commands.submit, new)
    assert saved.state is AdjustmentState.WAITING
    assert [balance(desk, each) for each in homes] == [0, 0, 0]
    with pytest.raises(UserError):
        desk.do(approvals.approve, (saved.request_id,))
    colleague.do(approvals.approve, (saved.request_id,))
    # 90.00 each and 1p, 2p ... 11p: 11 lines by turns on the second, third and first home
    assert [balance(desk, each) for each in homes] == [-270_18, -360_22, -360_26]
    asked = desk.do(adjustments.reverse, saved.adjustment_id, "The heating was on")
    assert asked.state is AdjustmentState.POSTED
    colleague.do(approvals.approve, (asked.request_id,))
    assert [balance(desk, each) for each in homes] == [0, 0, 0]
    row = desk.ask(lambda ctx: ctx.session.get(Adjustment, saved.adjustment_id))
    assert (row.state, row.line_count) == (AdjustmentState.REVERSED, 11)
    assert not desk.ask(checks.check)


def test_a_day_in_a_closed_period_and_a_former_tenants_account_are_taken_and_told(team, homes):
    desk, colleague = team
    former = desk.do(lambda ctx: lettings.account(ctx, ctx.session.get_one(Tenancy, homes[0].tenancy_id), FORMER))
    close_september(desk, colleague)
    rows = (
        keyed(1, former, 5_00, kind="former_tenant", effective_on=date(2026, 9, 14)),
        keyed(2, homes[1], 2_00),
    )
    new = batch(*rows, declared=3_00)
    found = desk.ask(queries.checked, new)
    assert found.warnings == ("1 line belongs to a closed period (2026-27 P06) and will be reported in 2026-27 P08.",)
    saved = desk.do(commands.submit, new, found=found)
    assert saved.told.endswith("2026-27 P06 is closed, so it is reported in 2026-27 P08.")
    assert (balance(desk, former), balance(desk, homes[1])) == (5_00, -2_00)


def test_rows_that_say_the_same_are_pointed_at(desk, homes):
    found = desk.ask(queries.checked, batch(keyed(1, homes[0], 5_00), keyed(2, homes[0], 5_00)))
    assert found.warnings == ("Rows that say the same: 2 as 1.",)
    assert not found.mistakes


def test_a_transfer_among_other_lines_is_a_line_on_each_side(desk, homes):
    first, second, third = homes
    moved = {"kind": "transfer", "reason": "offset"}
    rows = (
        keyed(1, third, 4_00),
        keyed(2, first, 5_00, other=second.id, **moved),
        keyed(3, second, None, **moved),
        keyed(4, third, 1_00),
    )
    rows = (*rows[:2], replace(rows[2], amount=Money(2_00), other_reference="70 0003"), rows[3])
    saved = desk.do(commands.submit, batch(*rows, declared=2_00))
    assert [balance(desk, each) for each in homes] == [5_00, -3_00, -7_00]
    posted = desk.ask(
        lambda ctx: [
            (each.account_id, each.pence)
            for each in ctx.session.query(Entry).filter(Entry.journal == saved.journal, Entry.code != "CTL")
        ]
    )
    one, two, three = (each.id for each in homes)
    assert sorted(posted) == sorted(
        [(three, -4_00), (one, 5_00), (two, -5_00), (two, 2_00), (three, -2_00), (three, -1_00)]
    )
    assert not desk.ask(checks.check)
