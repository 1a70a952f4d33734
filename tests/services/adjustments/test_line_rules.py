"""What lines come to, what was declared of them, and the line that puts one of the ledger right: pure functions."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import ZERO, AccountKind, AdjustmentSheet, LimitKind, LineFix, Money, Side
from app.services.adjustments import rules
from app.services.adjustments.dto import EntryForm, Face, FixForm, KindRow, NewLine, ReasonRow

MONDAY = date(2026, 11, 16)
amounts = st.integers(-1_000_00, 1_000_00).filter(bool).map(Money)
many = st.lists(st.tuples(amounts, st.booleans()), min_size=1, max_size=12)


def line(amount, other=None, **rest):
    return NewLine(1, "any", amount, MONDAY, "other", "Made up", other_account_id=other, **rest)


def form(amount, week=MONDAY):
    face = Face(1, "70 0001", "Mx Alex Sample", AccountKind.RENT, ZERO)
    entry = EntryForm(MONDAY, face, (), ())
    kinds = ("debit", "credit", "transfer")
    every = tuple(LineFix)
    return FixForm(7, 3, face, "RCP", "Card payment", MONDAY, week, "", amount, every, *kinds, "RCP", None, "", entry)


@given(many)
def test_debits_less_credits_are_what_one_sided_lines_come_to(found):
    lines = [line(amount, 2 if moved else None) for amount, moved in found]
    come_to = rules.sums(lines)
    one_sided = sum((amount for amount, moved in found if not moved), ZERO)
    assert come_to.debit - come_to.credit == one_sided
    assert come_to.largest == max(abs(amount) for amount, _ in found)
    assert come_to.total == max(come_to.debit, come_to.credit) >= come_to.largest
    assert come_to.turned().turned() == come_to
    wanted = LimitKind.ADJUSTMENT_DEBIT if come_to.debit >= come_to.credit else LimitKind.ADJUSTMENT_CREDIT
    assert come_to.limit is wanted


@given(many)
def test_only_the_declared_number_and_sum_pass(found):
    lines = [line(amount) for amount, _ in found]
    total = sum((amount for amount, _ in found), ZERO)
    assert rules.undeclared(lines, len(lines), total) == rules.undeclared(lines, None, None) == ""
    assert "lines were declared" in rules.undeclared(lines, len(lines) + 1, total)
    assert "was declared and they come to" in rules.undeclared(lines, len(lines), total + Money(1))


@given(amounts, amounts)
def test_a_line_and_what_puts_it_right_come_to_what_it_should_have_been(stands, wanted):
    shown = form(stands)
    back = rules.proposed(shown, LineFix.REVERSE, "posted_twice")
    moved = rules.proposed(shown, LineFix.MOVE, "wrong_account", to=2)
    assert stands + back.amount == stands + moved.amount == ZERO
    right = rules.proposed(shown, LineFix.CORRECT, "wrong_amount", wanted=wanted)
    assert stands + right.amount == wanted
    for each in (back, right):
        assert each.kind == ("debit" if each.amount > ZERO else "credit")
        assert (each.code, each.other_account_id) == ("RCP", None)
        assert (each.fixed_journal, each.fixed_line, each.rent_week) == (7, 3, MONDAY)
        assert (each.from_on, each.to_on) == (MONDAY, MONDAY + timedelta(days=6))
    assert (moved.kind, moved.code, moved.other_account_id, moved.fix) == ("transfer", "", 2, LineFix.MOVE)


def test_a_line_without_a_week_is_put_right_for_its_day():
    back = rules.proposed(form(Money(-500), None), LineFix.REVERSE, "posted_twice", narrative=" Keyed twice ")
    assert (back.from_on, back.to_on, back.rent_week, back.narrative) == (MONDAY, MONDAY, None, "Keyed twice")


@given(amounts, st.sampled_from(Side), st.sampled_from(AccountKind), st.booleans())
def test_a_line_has_no_fault_just_where_its_kind_allows_it(amount, side, on, period):
    allowed = frozenset({AccountKind.RENT, AccountKind.GARAGE})
    kind = KindRow(
        "any", "Any", "", AdjustmentSheet.ADJUSTMENT, "ADJ", side, allowed, False, period, False, False, True, 1
    )
    reason = ReasonRow("other", "Other", frozenset(), True, 1)
    days = {"from_on": MONDAY, "to_on": MONDAY} if period else {}
    asked = line(amount, 2 if side is Side.TRANSFER else None, **days)
    wrong = {each.field for each in rules.faults(asked, kind, reason, on, AccountKind.RENT)}
    expected = set() if on in allowed else {"kind"}
    if (side is Side.DEBIT and amount < ZERO) or (side is Side.CREDIT and amount > ZERO):
        expected.add("amount")
    assert wrong == expected
