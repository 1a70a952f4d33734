"""What an adjustment may not be, told at the field that it is about; nothing is kept of it."""

from datetime import date

import pytest

from app.models.access import DeclaredAccount
from app.models.limits import OfficerLimit
from app.models.values import AdjustmentState, LimitKind, LineFix, Money, Relation
from app.services.adjustments import commands, queries
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError, UserErrors
from tests.services.adjustments.conftest import count, entry, line, paid

WRONG = (
    ({"pence": 0, "kind": "debit"}, "amount", "does nothing"),
    ({"pence": 10_000_000_00}, "amount", "more than an adjustment may be"),
    ({"pence": -100, "kind": "debit"}, "amount", "always a debit"),
    ({"kind": "rebate"}, "kind", "isn't in use"),
    ({"kind": "former_tenant"}, "kind", "isn't made on a rent account"),
    ({"reason": "unpaid"}, "reason", "doesn't fit debit correction"),
    ({"narrative": " "}, "narrative", "Say what it is for"),
    ({"narrative": "x" * 201}, "narrative", "201"),
    ({"effective_on": date(226, 11, 1)}, "effective_on", "can't be right"),
    ({"kind": "service_charge", "reason": "year_end"}, "from_on", "needs the days"),
    ({"code": "ZZZ"}, "kind", "not a transaction code"),
    ({"code": "RDD"}, "kind", "doesn't allow a debit"),
    ({"other_account_id": 1}, "other_account_id", "made on one account"),
)


def test_what_a_line_may_not_be_is_said_at_its_field(team, home):
    desk, _ = team
    for change, field, words in WRONG:
        rest = {name: value for name, value in change.items() if name not in {"pence", "kind"}}
        wrong = line(home.account, change.get("pence", 500), change.get("kind"), **rest)
        with pytest.raises(UserErrors, match=words) as refused:
            desk.do(commands.enter, entry(wrong))
        assert field in {each.field for each in refused.value.errors}
    assert count(desk) == 0


def test_a_transfer_to_itself_or_to_nobody_is_refused(team, home):
    desk, _ = team
    for account_id, words in ((home.account.id, "same account"), (987_654, "no such account")):
        moved = line(home.account, 500, "transfer", other_account_id=account_id, reason="offset")
        with pytest.raises(UserErrors, match=words):
            desk.do(commands.enter, entry(moved))


def test_a_third_of_a_penny_is_no_amount():
    with pytest.raises(ValueError, match=r"penny|pence|decimal"):
        Money.parse("0.333")


def test_every_fault_of_several_lines_is_told_at_once_with_its_line(team, home):
    desk, _ = team
    lines = (line(home.account, 0, "debit"), line(home.account, 500), line(home.account, 500, narrative=""))
    with pytest.raises(UserErrors) as refused:
        desk.do(commands.enter, entry(*lines))
    assert [each.field for each in refused.value.errors] == ["lines.0.amount", "lines.2.narrative"]


def test_lines_that_are_not_what_was_declared_post_nothing(team, home):
    desk, _ = team
    with pytest.raises(UserError, match=r"3 lines were declared and there are 1; £9.00 DR was declared") as refused:
        desk.do(commands.enter, entry(line(home.account, 500), declared_count=3, declared=Money(900)))
    assert refused.value.field == "declared"
    assert count(desk) == 0


def test_a_card_number_is_never_kept(team, home):
    desk, _ = team
    with pytest.raises(UserError, match="card number"):
        desk.do(commands.enter, entry(line(home.account, 500), note="paid with 4111 1111 1111 1111"))


def test_nobody_adjusts_an_account_that_they_declared(team, home, other):
    desk, colleague = team
    me = desk.officer.id
    declared = {"officer_id": me, "declared_by": me, "relation": Relation.RELATIVE, "from_on": date(2026, 1, 1)}
    desk.do(lambda ctx: ctx.session.add(DeclaredAccount(account_id=home.account.id, **declared)))
    moved = line(other.account, 5_00, "transfer", other_account_id=home.account.id, reason="offset")
    for each in (line(home.account, 5_00), moved):
        with pytest.raises(UserError, match="a relative's account"):
            desk.do(commands.enter, entry(each))
    saved = colleague.do(commands.enter, entry(moved))
    with pytest.raises(UserError, match="a relative's account"):
        desk.do(commands.reverse, saved.adjustment_id, "Back")
    assert saved.number == 1


def test_an_approver_needs_limits_for_both_sides(team, home, other):
    desk, colleague = team
    key = (colleague.officer.id, LimitKind.ADJUSTMENT_CREDIT)
    desk.do(lambda ctx: setattr(ctx.session.get(OfficerLimit, key), "line_pence", 50_00))
    moved = line(home.account, 150_00, "transfer", other_account_id=other.account.id, reason="offset")
    saved = desk.do(commands.enter, entry(moved))
    with pytest.raises(UserError, match=r"£150.00, is above your limit of £50.00 for credit adjustments"):
        colleague.do(approvals.approve, [saved.request_id])
    assert desk.ask(queries.detail, saved.adjustment_id).state is AdjustmentState.WAITING


def test_what_has_a_sheet_of_its_own_is_no_adjustment_and_a_kind_posts_by_its_code(team, home):
    desk, _ = team
    back = {"fix": LineFix.REVERSE, "fixed_journal": paid(desk, home.account, "RCP", -5_00), "fixed_line": 1}
    wrong = (
        (line(home.account, -5_00, "write_off"), "Write-off isn't entered as an adjustment"),
        (line(home.account, 5_00, "refund"), "Refund isn't entered as an adjustment"),
        (line(home.account, -5_00, code="WOF"), "Credit correction isn't posted by WOF"),
        (line(home.account, 5_00, code="RDR", **back), "Card payment isn't put right by RDR"),
    )
    for each, words in wrong:
        with pytest.raises(UserError, match=words):
            desk.do(commands.enter, entry(each))
    assert count(desk) == 0
