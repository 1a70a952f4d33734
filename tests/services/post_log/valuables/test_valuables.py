"""Valuables: two officers, receipts without a gap, handed on, paid in, given back, and reconciled."""

from datetime import date

import pytest

from app.models.values import Money, PostChannel, ValuableKind
from app.services.core.errors import UserError
from app.services.post_log import keeping as log
from app.services.post_log.dto import NewItem
from app.services.post_log.valuables import commands, queries
from app.services.post_log.valuables.dto import (
    GiveBack,
    HandOn,
    NewValuable,
    PayIn,
    ValuableFilter,
    ValuablesShown,
    Whereabouts,
)
from tests.prepared import prepared

TODAY = date(2026, 11, 21)
HUNDRED = Money(10_000)
CHEQUE, CASH, DOCUMENT = ValuableKind.CHEQUE, ValuableKind.CASH, ValuableKind.DOCUMENT


@prepared
def item(desk, colleague):
    return desk.do(log.log, NewItem(PostChannel.VALUABLES, "Cheque for the rent", "Mx Sample"))


def entered(desk, item, witness, kind=CHEQUE, amount=HUNDRED, details="Cheque 000123, Mx Sample"):
    return desk.do(commands.enter, NewValuable(item, kind, amount, details, witness.officer.id)).valuable_id


def listed(desk, **wanted):
    return desk.ask(queries.register, ValuableFilter(**wanted))


def test_receipts_have_no_gap_and_name_both_officers(desk, colleague, item):
    first = desk.do(commands.enter, NewValuable(item, CHEQUE, Money(10_000), "Cheque 000123", colleague.officer.id))
    with pytest.raises(UserError, match="needs its amount"):
        entered(desk, item, colleague, amount=None)
    second = desk.do(commands.enter, NewValuable(item, DOCUMENT, None, "Passport", colleague.officer.id))
    assert (first.receipt, second.receipt) == ("R000001", "R000002")
    row = listed(desk).rows[-1]
    assert (row.item, row.opened_by, row.witness, row.where) == (
        "2026/0001",
        "Test Officer",
        "Test Colleague",
        Whereabouts.HELD,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": DOCUMENT}, "A document has no amount"),
        ({"amount": Money(-1)}, "needs its amount"),
        ({"details": "Card 4111 1111 1111 1111"}, "card number"),
        ({"kind": DOCUMENT, "amount": None, "details": ""}, "Say what it is"),
    ],
)
def test_what_no_valuable_may_be(desk, colleague, item, change, said):
    with pytest.raises(UserError, match=said):
        entered(desk, item, colleague, **change)


def test_nobody_opens_it_alone(desk, item):
    with pytest.raises(UserError, match="You and a colleague"):
        entered(desk, item, desk)
    with pytest.raises(UserError, match="Name the colleague"):
        desk.do(commands.enter, NewValuable(item, CHEQUE, Money(1), "", 999))


def test_several_are_paid_in_for_just_what_the_slip_says(desk, colleague, item):
    # 100.00 and 25.50 are 125.50
    both = (entered(desk, item, colleague), entered(desk, item, colleague, CASH, Money(2_550), ""))
    desk.do(commands.hand_on, HandOn(both, "Cash office"))
    with pytest.raises(UserError, match=r"£5.50 less than the 2"):
        desk.do(commands.pay_in, PayIn(both, "500012", TODAY, Money(12_000)))
    desk.do(commands.pay_in, PayIn(both, "500012", TODAY, Money(12_550)))
    found = listed(desk, shown=ValuablesShown.DONE)
    assert {row.where for row in found.rows} == {Whereabouts.PAID_IN}
    assert found.rows[0].handed_to == "Cash office"
    assert (found.reconciled.came, found.reconciled.paid_in, found.reconciled.difference) == (
        Money(12_550),
        Money(12_550),
        Money(0),
    )
    with pytest.raises(UserError, match="R000001 was paid in or given back already"):
        desk.do(commands.give_back, GiveBack(both[:1], "By post", TODAY))


def test_what_was_paid_in_as_another_amount_stays_in_sight(desk, colleague, item):
    one = entered(desk, item, colleague)
    entered(desk, item, colleague, amount=Money(3_000))
    back = entered(desk, item, colleague, amount=Money(700))
    desk.do(commands.pay_in, PayIn((one,), "500013", TODAY, Money(9_800)))
    desk.do(commands.give_back, GiveBack((back,), "Recorded delivery AB 1", TODAY))
    found = listed(desk, shown=ValuablesShown.DIFFERS)
    (row,) = found.rows
    assert (row.where, row.difference) == (Whereabouts.DIFFERS, Money(-200))
    sums = found.reconciled
    assert (sums.came, sums.count, sums.paid_in) == (Money(13_700), 3, Money(9_800))
    assert (sums.given_back, sums.open, sums.open_count, sums.difference) == (Money(700), Money(3_000), 1, Money(-200))
    assert sums.came.pence == sums.paid_in.pence - sums.difference.pence + sums.given_back.pence + sums.open.pence


def test_a_document_is_given_back_never_paid_in(desk, colleague, item):
    passport = entered(desk, item, colleague, DOCUMENT, None, "Passport")
    with pytest.raises(UserError, match="Only money"):
        desk.do(commands.pay_in, PayIn((passport,), "500014", TODAY, Money(1)))
    with pytest.raises(UserError, match="before it was opened"):
        desk.do(commands.give_back, GiveBack((passport,), "In person", date(2026, 11, 20)))
    desk.do(commands.give_back, GiveBack((passport,), "In person", TODAY))
    assert listed(desk).rows == ()
    assert listed(desk, shown=ValuablesShown.ALL, text="passport").rows[0].where is Whereabouts.GIVEN_BACK


def test_the_register_is_found_by_receipt_item_and_words(desk, colleague, item):
    entered(desk, item, colleague)
    for text in ("R000001", "2026/0001", "sample", "000123"):
        assert len(listed(desk, text=text).rows) == 1, text
    assert listed(desk, text="R000002").rows == ()
    assert listed(desk, since=date(2026, 11, 22)).reconciled.count == 0
    form = desk.ask(queries.form, item)
    assert (form.item, len(form.standing)) == ("2026/0001", 1)
    assert [name for name, _ in form.officers] == ["Test Colleague", "Test Manager"]
