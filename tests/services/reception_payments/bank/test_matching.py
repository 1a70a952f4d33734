"""Bank lines matched with what they are: to the penny, once, each on its control account, and taken back whole."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.ledger import Entry
from app.models.reception_payments.bank import BankLine
from app.models.reception_payments.suspense import SuspenseItem
from app.models.reception_payments.tills import Till
from app.models.values import BankLineState, BankPart, Fund, JournalKind, Money, MoneyReceiptState, TakenBy
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.ledger import queries as ledger
from app.services.ledger.checks import check
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank import commands, queries, rules
from app.services.reception_payments.bank import transit as transits
from app.services.reception_payments.bank.kept import NewMatch, NewRule, OtherPart, Straight
from app.services.reception_payments.receipts import recording, undoing
from app.services.reception_payments.receipts.dto.new import NewCheque, NewShare
from app.services.reception_payments.tills import banking
from app.services.reception_payments.tills import commands as tills
from app.services.reception_payments.tills import queries as tills_queries
from app.services.reception_payments.tills.dto import CashUp, Count, NewBanking
from app.services.rent.rules import references_in
from tests.factories import approving
from tests.services.reception_payments.bank.conftest import load, statement
from tests.services.reception_payments.conftest import control, payment


def card(desk, reception, pence, slip):
    new = payment(reception, NewShare(pence, reception.rent), key=slip, by=TakenBy.TERMINAL, slip=slip)
    return desk.do(recording.record, new)


def line_ids(desk):
    rows = select(BankLine.id).order_by(BankLine.id)
    return desk.ask(lambda ctx: ctx.session.scalars(rows).all())


def transit(desk):
    return [(each.key, each.amount.pence) for each in desk.ask(queries.in_transit)]


def keys(desk):
    return tuple((each.journal, each.line) for each in desk.ask(queries.in_transit))


def balance(desk, bank):
    return desk.ask(queries.banks)[0].ledger_balance.pence


def match(desk, bank, ids, key="one", **rest):
    return desk.do(commands.match, NewMatch(key, bank.id, tuple(ids), **rest)).match_ids[0]


def test_card_takings_less_a_fee_come_to_the_bank(desk, bank, reception, tmp_path):
    """100.00 and 50.00 by card, 1.50 kept back: the bank has 148.50 more, and nothing is in transit."""
    card(desk, reception, 100_00, "S1")
    card(desk, reception, 50_00, "S2")
    load(desk, statement(tmp_path, (23, 148_50, "CARD SETTLEMENT")))
    (line,) = line_ids(desk)
    with pytest.raises(UserError, match=r"The bank has £148\.50, and what is chosen comes to £150\.00"):
        match(desk, bank, [line], entries=keys(desk))
    fee = OtherPart(BankPart.FEE, -1_50)
    match(desk, bank, [line], entries=keys(desk), parts=(fee,))
    assert transit(desk) == []
    assert (balance(desk, bank), control(desk, "cash:card"), control(desk, "settlement_fees")) == (1_148_50, 0, 1_50)
    assert not desk.ask(check)


def test_nothing_is_matched_twice_and_the_same_click_is_one_match(desk, bank, reception, tmp_path):
    card(desk, reception, 100_00, "S1")
    load(desk, statement(tmp_path, (23, 100_00, "CARDS"), (24, 100_00, "CARDS")))
    first, second = line_ids(desk)
    entries = keys(desk)
    made = match(desk, bank, [first], entries=entries)
    assert match(desk, bank, [first], entries=entries) == made
    with pytest.raises(UserError, match="A line is matched already"):
        match(desk, bank, [first], key="two", entries=entries)
    with pytest.raises(UserError, match="is matched already, or isn't there"):
        match(desk, bank, [second], key="two", entries=entries)


def test_a_match_is_taken_back_whole(desk, bank, reception, tmp_path):
    card(desk, reception, 100_00, "S1")
    load(desk, statement(tmp_path, (23, 100_00, "CARDS")))
    made = match(desk, bank, line_ids(desk), entries=keys(desk))
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.take_back, made, " ")
    desk.do(commands.take_back, made, "Wrong day")
    assert transit(desk) == [("cash:card", 100_00)]
    assert (balance(desk, bank), control(desk, "cash:card")) == (1_000_00, 100_00)
    states = desk.ask(lambda ctx: ctx.session.scalars(select(BankLine.state)).all())
    assert states == [BankLineState.OPEN]
    match(desk, bank, line_ids(desk), key="again", entries=keys(desk))
    assert transit(desk) == []
    assert not desk.ask(check)


def test_a_payment_straight_to_the_bank_is_receipted_on_its_day(desk, bank, reception, tmp_path):
    load(desk, statement(tmp_path, (20, 80_00, "70 0001 RENT")))
    made = match(desk, bank, line_ids(desk), straight=(Straight(reception.rent, 80_00),))
    rows = select(Entry.code, Entry.pence, Entry.effective_on).where(Entry.account_id == reception.rent)
    entries = desk.ask(lambda ctx: ctx.session.execute(rows).all())
    assert [tuple(each) for each in entries] == [("RBP", -80_00, date(2026, 11, 20))]
    assert (balance(desk, bank), control(desk, "cash:bank"), transit(desk)) == (1_080_00, 0, [])
    desk.do(commands.take_back, made, "Somebody else's")
    assert desk.ask(ledger.balance, reception.rent).pence == 0
    assert (balance(desk, bank), transit(desk)) == (1_000_00, [])
    assert not desk.ask(check)


def test_what_nobody_knows_goes_into_suspense_and_other_services_money_apart(desk, bank, tmp_path):
    load(desk, statement(tmp_path, (20, 80_00, "A SAMPLE"), (20, 500_00, "COUNCIL TAX")))
    unknown, tax = line_ids(desk)
    made = match(desk, bank, [unknown], to_suspense=80_00)
    match(desk, bank, [tax], key="two", parts=(OtherPart(BankPart.ELSEWHERE, 500_00, "Council tax"),))
    item = desk.ask(lambda ctx: ctx.session.scalars(select(SuspenseItem)).one())
    assert (item.pence, item.narrative, item.source_line) == (80_00, "A SAMPLE", 1)
    assert (control(desk, "suspense"), control(desk, "bank_elsewhere")) == (-80_00, -500_00)
    assert balance(desk, bank) == 1_580_00
    with pytest.raises(UserError, match="went into suspense"):
        desk.do(commands.take_back, made, "Known now")
    assert not desk.ask(check)


def banked(desk, colleague, reception, pence):
    """A session that took so much in cash, in a sealed bag."""

    def make(ctx):
        till = Till(desk_id=reception.counter, name="Till 1", float_pence=0)
        ctx.session.add(till)
        ctx.session.flush()
        return till.id

    session_id = desk.do(tills.open_till, desk.do(make), Count({})).session_id
    desk.do(recording.record, payment(reception, NewShare(pence, reception.rent), key="cash"))
    desk.do(tills.cash_up, CashUp(session_id, Count({1: pence + 1_00}), 0, 0))
    colleague.do(tills.sign, session_id, "Nobody knows")
    made = desk.do(banking.make, NewBanking("bag", reception.counter, (session_id,), "BAG 77"))
    colleague.do(banking.seal, made)
    return made


def test_a_deposit_is_proposed_by_its_bag_and_what_the_bank_counted_otherwise_is_posted(
    desk, colleague, bank, reception, tmp_path
):
    """120.00 taken and 1.00 over are 121.00 in the bag; the bank counted 120.90."""
    banked(desk, colleague, reception, 120_00)
    load(desk, statement(tmp_path, (23, 120_90, "CREDIT BAG77")))
    (found,) = desk.ask(queries.proposals, bank.id)
    assert found.why == "Banking 1 of Campus West, bag BAG 77, £0.10 less than on its slip"
    assert not found.sure
    made = desk.do(commands.match, found.match).match_ids[0]
    assert (transit(desk), control(desk, "cash:counter"), control(desk, "unders_overs")) == ([], 0, -90)
    (row,) = desk.ask(tills_queries.bankings)
    assert (row.state.value, row.banked.pence) == ("banked", 120_90)
    desk.do(commands.take_back, made, "Another bag")
    assert desk.ask(tills_queries.bankings)[0].state.value == "sealed"
    assert not desk.ask(check)


def test_lines_are_proposed_by_amount_fee_reference_and_rule(desk, bank, reception, tmp_path):
    card(desk, reception, 100_00, "S1")
    card(desk, reception, 60_00, "S2")
    desk.do(commands.keep_rule, NewRule("council tax"))
    lines = (23, 158_40, "CARDS"), (23, 45_00, "MR SAMPLE 70 0001"), (23, 9_00, "COUNCIL TAX DD"), (23, 7_00, "A B")
    load(desk, statement(tmp_path, *lines))
    found = {each.line_id: each for each in desk.ask(queries.proposals, bank.id)}
    cards, straight, elsewhere, unknown = line_ids(desk)
    assert found[cards].why == "Cards, 21 Nov 2026, less a fee of £1.60"
    assert found[cards].match.parts == (OtherPart(BankPart.FEE, -1_60, "Kept back"),)
    assert found[straight].match.straight == (Straight(reception.rent, 45_00),)
    assert found[elsewhere].match.parts[0].part is BankPart.ELSEWHERE
    assert unknown not in found
    done = desk.do(commands.match_all, [each.match for each in found.values()])
    assert (len(done.match_ids), done.failed, transit(desk)) == (3, (), [])
    assert not desk.ask(check)


def test_the_same_amount_twice_is_not_sure(desk, bank, reception, tmp_path):
    card(desk, reception, 100_00, "S1")
    card(desk, reception, 100_00, "S2")
    load(desk, statement(tmp_path, (23, 100_00, "CARDS")))
    (found,) = desk.ask(queries.proposals, bank.id)
    assert not found.sure


def test_a_voided_payment_is_not_in_transit(desk, bank, reception):
    row = card(desk, reception, 100_00, "S1")
    said = (row.taken_on, MoneyReceiptState.VOID, "Twice")
    desk.do(lambda ctx: undoing.undo(approving.void(ctx, row.id), ctx.session.merge(row), *said))
    assert transit(desk) == []


def test_what_in_a_line_could_be_a_reference():
    found = references_in("Mr Sample 70 0001 rent")
    assert {"700001", "SAMPLE70"} <= found
    assert "SAMPLE" not in found
    assert rules.names("CREDIT BAG77", ["bag 77"])
    assert not rules.names("CREDIT", ["7"])


def test_a_rule_names_the_channel_of_a_line(desk, bank, reception, tmp_path):
    """100.00 by card and a cheque of 100.00: the words of the card provider say which of them came."""
    card(desk, reception, 100_00, "S1")
    cheque = ("A Sample", "Example Bank", "000123")
    new = payment(reception, NewShare(100_00, reception.rent), key="c", by=TakenBy.CHEQUE, cheque=NewCheque(*cheque))
    desk.do(recording.record, new)
    load(desk, statement(tmp_path, (23, 100_00, "ACQUIRER 99"), (24, 45_00, "WAGES 70 0001")))
    assert not desk.ask(queries.proposals, bank.id)[0].sure
    desk.do(commands.keep_rule, NewRule("acquirer", "cash:card"))
    desk.do(commands.keep_rule, NewRule("wages", "cash:salary"))
    cards, wages = desk.ask(queries.proposals, bank.id)
    assert (cards.sure, cards.why) == (True, "Receipt WGC000001")
    assert wages.match.straight == (Straight(reception.rent, 45_00, "cash:salary"),)
    desk.do(commands.match_all, [cards.match, wages.match])
    assert transit(desk) == [("cash:cheque", 100_00)]
    rows = select(Entry.code, Entry.pence).where(Entry.account_id == reception.rent, Entry.pence == -45_00)
    assert [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(rows).all())] == [("RDS", -45_00)]


def test_what_lies_in_a_bag_comes_to_the_bank_with_all_of_it(desk, colleague, bank, reception, tmp_path):
    banked(desk, colleague, reception, 120_00)
    load(desk, statement(tmp_path, (23, 120_00, "CASH")))
    with pytest.raises(UserError, match=r"Some of it lies in bag BAG 77 of Campus West\. Choose banking 1 whole"):
        match(desk, bank, line_ids(desk), entries=keys(desk)[:1])
    assert desk.ask(tills_queries.bankings)[0].state.value == "sealed"


def test_what_is_no_fee_is_not_hidden_in_one_and_a_difference_says_why(desk, bank, reception, tmp_path):
    """Policy lets a provider keep 3%: of 100.00, that is 3.00."""
    card(desk, reception, 100_00, "S1")
    load(desk, statement(tmp_path, (23, 96_99, "CARDS")))
    ids, entries = line_ids(desk), keys(desk)
    with pytest.raises(UserError, match=r"A fee of £3\.01 is more than 3% of the £100\.00"):
        match(desk, bank, ids, entries=entries, parts=(OtherPart(BankPart.FEE, -3_01),))
    with pytest.raises(UserError, match="Say why the bank counted otherwise"):
        match(desk, bank, ids, entries=entries, parts=(OtherPart(BankPart.DIFFERENCE, -3_01, " "),))
    with pytest.raises(UserError, match="Say of which service"):
        match(desk, bank, ids, parts=(OtherPart(BankPart.ELSEWHERE, 96_99),))


def test_a_payment_is_not_put_on_a_control_account(desk, bank, tmp_path):
    load(desk, statement(tmp_path, (23, 5_00, "WHO")))
    of_bank = desk.ask(queries.banks)[0].account_id
    with pytest.raises(UserError, match="That is a control account"):
        match(desk, bank, line_ids(desk), straight=(Straight(of_bank, 5_00),))


def test_money_that_went_back_out_is_matched_with_what_took_it_back(desk, bank, reception, tmp_path):
    """A card payment of 100.00 came on Monday and was charged back: -100.00 on Wednesday clears the debit of that day."""
    row = card(desk, reception, 100_00, "S1")
    load(desk, statement(tmp_path, (23, 100_00, "CARDS"), (25, -100_00, "CHARGEBACK")))
    came, went = line_ids(desk)
    match(desk, bank, [came], entries=keys(desk))
    back = date(2026, 11, 25)
    later = Desk.sit_down(desk.database, desk.officer.username, FixedClock(back))
    state = MoneyReceiptState.RETURNED
    later.do(lambda ctx: undoing.undo(ctx, ctx.session.merge(row), back, state, "Charged back"))
    assert transit(desk) == [("cash:card", -100_00)]
    (found,) = later.ask(queries.proposals, bank.id)
    assert (found.line_id, found.sure) == (went, True)
    later.do(commands.match, found.match)
    assert (transit(desk), balance(desk, bank), control(desk, "cash:card")) == ([], 1_000_00, 0)
    assert not later.ask(check)


def test_an_entry_whose_opposite_came_to_the_bank_stays_in_transit():
    """A journal of 60.00 in cash and 40.00 by cheque is taken back when the cash was banked: only the cheque is nothing."""

    def entry(journal, line, account, pence, reverses=None):
        day = date(2026, 11, 20)
        kind = JournalKind.RECEIPTS
        return ControlEntry(journal, line, account, "k", Fund.HRA, Money(pence), day, kind, "file", "", reverses)

    cheque, back_cash, back_cheque = entry(1, 2, 8, 40_00), entry(2, 1, 7, -60_00, 1), entry(2, 2, 8, -40_00, 1)
    assert transits.without_reversed([cheque, back_cash, back_cheque]) == (back_cash,)


def test_takings_of_two_funds_come_as_one_line_and_each_leaves_its_own_account(desk, bank, reception, tmp_path):
    """100.00 of rent and 20.00 for parking on one card: the bank has 120.00, and nothing stands in either fund."""
    shares = NewShare(100_00, reception.rent), NewShare(20_00, stream_id=reception.income, words="PN 1")
    new = payment(reception, *shares, key="both", by=TakenBy.TERMINAL, slip="S1")
    desk.do(recording.record, new)
    assert (control(desk, "cash:card"), control(desk, "cash:card", Fund.GENERAL)) == (100_00, 20_00)
    load(desk, statement(tmp_path, (23, 120_00, "CARDS")))
    (found,) = desk.ask(queries.proposals, bank.id)
    assert found.sure
    made = desk.do(commands.match, found.match).match_ids[0]
    assert (control(desk, "cash:card"), control(desk, "cash:card", Fund.GENERAL), transit(desk)) == (0, 0, [])
    assert (control(desk, "between_funds"), control(desk, "between_funds", Fund.GENERAL)) == (-20_00, 20_00)
    assert balance(desk, bank) == 1_120_00
    desk.do(commands.take_back, made, "Wrong day")
    assert sorted(transit(desk)) == [("cash:card", 20_00), ("cash:card", 100_00)]
    assert not desk.ask(check)
