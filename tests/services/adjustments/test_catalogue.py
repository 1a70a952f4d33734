"""The kinds of adjustment and their reasons as the office keeps them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind, AdjustmentSheet, AdjustmentState, Money, Side
from app.services.adjustments import commands as adjustments
from app.services.adjustments.catalogue import commands, queries, rules
from app.services.adjustments.dto import KindRow, NewKind, NewReason
from app.services.approvals import commands as approvals
from app.services.approvals import queries as asked
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.core.session import Desk
from tests.services.adjustments.conftest import balance, entry, line

REBATE = NewKind(
    "", "Water rebate", "Refunded by the water company.", "ADJ", Side.CREDIT, frozenset({AccountKind.RENT})
)
flags = st.fixed_dictionaries(
    {name: st.booleans() for name in ("needs_evidence", "needs_period", "always_approved", "tells_benefit", "active")}
)


def kind(desk, key):
    return next(each for each in desk.ask(queries.catalogue).kinds if each.kind.key == key)


def as_it_is(row):
    """A kind as it stands, to be changed."""
    names = (each for each in NewKind.__dataclass_fields__ if each != "reason")
    return NewKind(**{name: getattr(row.kind, name) for name in names})


def administrator(desk):
    return Desk.sit_down(desk.database, "manager", desk.clock)


def test_a_new_kind_takes_a_second_officer_and_is_then_entered(team, home):
    desk, _ = team
    with pytest.raises(UserError, match="Say why") as refused:
        desk.do(commands.keep_kind, REBATE)
    assert refused.value.field == "reason"
    saved = desk.do(commands.keep_kind, replace(REBATE, reason="Agreed with the water company"))
    assert saved.told == f"The change waits for approval, as request {saved.request_id}: it is new."
    manager = administrator(desk)
    details = {each.label: each.after for each in manager.ask(asked.request, saved.request_id).details}
    assert details["Posts by"] == "ADJ, credit"
    manager.do(approvals.approve, [saved.request_id])
    row = kind(desk, "water_rebate")
    assert (row.kind.sheet, row.kind.active, row.used) == (AdjustmentSheet.ADJUSTMENT, True, 0)
    assert (row.control, row.second_from, row.third) == ("adjustments", Money(500_00), False)
    entered = desk.do(adjustments.enter, entry(line(home.account, -5_00, "water_rebate")))
    assert entered.state is AdjustmentState.POSTED
    assert balance(desk, home.account) == -5_00
    assert kind(desk, "water_rebate").used == 1


def test_what_lets_less_through_is_one_officers_and_what_lets_more_is_not(team):
    desk, _ = team
    before = as_it_is(kind(desk, "debit"))
    desk.do(commands.keep_kind, replace(before, always_approved=True, needs_evidence=True))
    stricter = as_it_is(kind(desk, "debit"))
    assert (stricter.always_approved, stricter.needs_evidence) == (True, True)
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep_kind, before)
    looser = desk.do(commands.keep_kind, replace(stricter, always_approved=False, reason="Too slow"))
    assert kind(desk, "debit").kind.always_approved
    assert kind(desk, "debit").waiting == looser.request_id
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        desk.do(approvals.approve, [looser.request_id])
    administrator(desk).do(approvals.approve, [looser.request_id])
    assert not kind(desk, "debit").kind.always_approved


def test_a_kind_that_was_changed_meanwhile_is_not_approved_as_it_was_asked(team):
    desk, _ = team
    waiver = as_it_is(kind(desk, "waiver"))
    looser = desk.do(commands.keep_kind, replace(waiver, needs_evidence=False, reason="Never any"))
    desk.do(commands.keep_kind, replace(waiver, explained="Given up by a decision."))
    with pytest.raises(UserError, match="changed"):
        administrator(desk).do(approvals.approve, [looser.request_id])


def test_what_a_kind_may_not_be_is_said_at_its_field(team):
    desk, _ = team
    repair = as_it_is(kind(desk, "recharge"))
    for wrong, field in (
        (replace(REBATE, title="  "), "title"),
        (replace(REBATE, title="waiver"), "title"),
        (replace(REBATE, account_kinds=frozenset()), "account_kinds"),
        (replace(REBATE, code="DBR"), "code"),
        (replace(REBATE, code="CTL"), "code"),
        (replace(REBATE, code="???"), "code"),
        (replace(REBATE, side=Side.TRANSFER), "side"),
        (replace(repair, code="ADJ"), "code"),
    ):
        with pytest.raises(UserErrors) as refused:
            desk.do(commands.keep_kind, replace(wrong, reason="Try"))
        assert refused.value.errors[0].field == field


def test_a_kind_out_of_use_is_offered_no_more(team, home):
    desk, _ = team
    desk.do(commands.keep_kind, replace(as_it_is(kind(desk, "debit")), active=False))
    with pytest.raises(UserErrors, match="isn't in use"):
        desk.do(adjustments.enter, entry(line(home.account, 5_00)))


def test_reasons_are_kept_by_one_officer(team, home):
    desk, _ = team
    made = desk.do(commands.keep_reason, NewReason("", "Flood", frozenset({"credit"})))
    assert made.key == "flood"
    desk.do(adjustments.enter, entry(line(home.account, -5_00, reason="flood")))
    row = next(each for each in desk.ask(queries.catalogue).reasons if each.reason.key == "flood")
    assert (row.fits, row.used, row.reason.version) == ("Credit correction", 1, 1)
    desk.do(commands.keep_reason, NewReason("flood", "Flood or fire", frozenset(), active=False, version=1))
    with pytest.raises(UserErrors, match="doesn't fit"):
        desk.do(adjustments.enter, entry(line(home.account, -6_00, reason="flood"), key="two"))
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep_reason, NewReason("flood", "Flood", frozenset(), version=1))
    for wrong, words in ((NewReason("", "posted TWICE"), "already"), (NewReason("", ""), "no name")):
        with pytest.raises(UserErrors, match=words):
            desk.do(commands.keep_reason, wrong)
    with pytest.raises(UserError, match="isn't there"):
        desk.do(commands.keep_reason, NewReason("", "Fire", frozenset({"nothing"})))


@given(before=flags, after=flags)
def test_a_change_lets_more_through_just_where_a_check_falls_away(before, after):
    on = frozenset({AccountKind.RENT})
    standing = KindRow("k", "K", "", AdjustmentSheet.ADJUSTMENT, "ADJ", Side.DEBIT, on, version=1, **before)
    new = NewKind("k", "K", "", "ADJ", Side.DEBIT, on, version=1, **after)
    checks = ("needs_evidence", "needs_period", "always_approved", "tells_benefit")
    dropped = [name for name in checks if before[name] and not after[name]]
    back = after["active"] and not before["active"]
    assert len(rules.loosened(standing, new)) == len(dropped) + back
