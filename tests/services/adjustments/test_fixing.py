"""A line of the ledger moved, taken back and put right; what an adjustment would do, before it is submitted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.adjustments import AdjustmentKind
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import (
    AccountKind,
    AdjustmentOrigin,
    AdjustmentState,
    BenefitKind,
    ClaimState,
    HoldKind,
    LineFix,
    Money,
)
from app.services.adjustments import commands, keeping, previewing, queries, rules
from app.services.approvals import commands as approvals
from app.services.benefits import commands as benefits
from app.services.benefits.dto import KeepClaim
from app.services.core.errors import UserError, UserErrors
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.ledger import checks
from app.services.ledger import commands as ledger
from app.services.ledger import queries as ledgers
from tests.factories import lettings
from tests.services.adjustments.conftest import ON, balance, entry, line, paid, third


def fixed(desk, journal, fix, reason="wrong_account", key="one", **rest):
    """Put a line right as the sheet proposes it."""
    form = desk.ask(queries.fix_form, journal, 1)
    proposed = rules.proposed(form, fix, reason, **rest)
    return desk.do(commands.enter, entry(proposed, key=key, origin=AdjustmentOrigin.LEDGER_LINE))


def test_a_payment_moves_to_the_right_account_on_its_own_day(team, home, other):
    desk, _ = team
    journal = paid(desk, home.account, "RCP", -50_00, date(2026, 10, 5))
    form = desk.ask(queries.fix_form, journal, 1)
    assert (form.offers, form.shut) == ((LineFix.MOVE, LineFix.REVERSE, LineFix.CORRECT), "")
    assert (form.what, form.amount, form.account.reference) == ("Card payment", Money(-50_00), "70 0001")
    fixed(desk, journal, LineFix.MOVE, to=other.account.id)
    assert (balance(desk, home.account), balance(desk, other.account)) == (0, -50_00)
    assert desk.ask(ledgers.balance, other.account.id, date(2026, 10, 5)) == Money(-50_00)
    moved = desk.ask(ledgers.ledger_page, other.account.id).lines[0]
    assert moved.narrative == "Card payment of 5 Oct 2026, moved to the right account"
    assert moved.code == "RIT"


def test_a_line_is_put_right_once_while_that_stands(team, home, other):
    desk, _ = team
    journal = paid(desk, home.account, "RCP", -50_00)
    first = fixed(desk, journal, LineFix.MOVE, to=other.account.id)
    form = desk.ask(queries.fix_form, journal, 1)
    assert (form.offers, form.shut) == ((), "This line was moved already, by adjustment 1.")
    with pytest.raises(UserError, match="moved already, by adjustment 1"):
        fixed(desk, journal, LineFix.MOVE, to=other.account.id, key="two")
    desk.do(commands.reverse, first.adjustment_id, "It was right")
    assert desk.ask(queries.fix_form, journal, 1).offers


def test_a_receipt_is_taken_back_on_its_own_control_account(team, home):
    desk, _ = team
    codes = {}
    for code in ("RCP", "RDD", "RQP"):
        journal = paid(desk, home.account, code, -20_00)
        fixed(desk, journal, LineFix.REVERSE, "posted_twice", key=code, narrative=f"{code} taken back")
        codes[code] = desk.ask(ledgers.ledger_page, home.account.id).lines[-1].code
    assert codes == {"RCP": "RCP", "RDD": "RDN", "RQP": "RRC"}
    assert balance(desk, home.account) == 0
    for control in ("cash:card", "direct_debit", "cash:cheque"):
        assert desk.ask(ledgers.balance, desk.ask(ledgers.control_account, control, home.rent_group.fund)) == Money(0)
    assert desk.ask(checks.check) == ()


def test_an_amount_is_put_right_either_way(team, home):
    desk, _ = team
    more = paid(desk, home.account, "RCP", -50_00)
    less = paid(desk, home.account, "RBP", -50_00)
    fixed(desk, more, LineFix.CORRECT, "wrong_amount", wanted=Money(-60_00))
    fixed(desk, less, LineFix.CORRECT, "wrong_amount", key="two", wanted=Money(-45_00))
    assert balance(desk, home.account) == -105_00
    assert {each.kind for each in desk.ask(queries.detail, 1).lines} == {"credit"}
    assert {each.kind for each in desk.ask(queries.detail, 2).lines} == {"debit"}


def test_benefit_is_put_right_as_benefit_and_a_charge_by_a_correction(team, home):
    desk, _ = team
    rebate = desk.ask(queries.fix_form, paid(desk, home.account, "RHB", -60_00), 1)
    assert (rebate.debit_kind, rebate.credit_kind, rebate.fix_code) == ("housing_benefit", "housing_benefit", "RHB")
    charge = desk.ask(queries.fix_form, paid(desk, home.account, "DBR", 100_00, ON, ON), 1)
    assert (charge.debit_kind, charge.credit_kind, charge.fix_code) == ("debit", "credit", "")
    proposed = rules.proposed(charge, LineFix.REVERSE, "wrong_charge")
    assert (proposed.kind, proposed.amount, proposed.rent_week) == ("credit", Money(-100_00), ON)
    assert (proposed.from_on, proposed.to_on) == (ON, ON + timedelta(days=6))


def test_what_was_reversed_adjusted_or_is_no_line_says_why(team, home):
    desk, _ = team
    journal = paid(desk, home.account, "RCP", -50_00)
    desk.do(ledger.reverse, journal, "Keyed twice", "back")
    assert desk.ask(queries.fix_form, journal, 1).shut == f"Journal {journal} was reversed by journal 2 already."
    assert "takes back journal 1" in desk.ask(queries.fix_form, 2, 1).shut
    saved = desk.do(commands.enter, entry(line(home.account, 10_00)))
    form = desk.ask(queries.fix_form, saved.journal, 1)
    assert (form.adjustment_id, form.offers) == (saved.adjustment_id, ())
    assert form.shut == "An adjustment posted this line: reverse the adjustment."
    for number in (2, 99):  # the contra entry, and none
        with pytest.raises(UserError, match=f"no line {number}"):
            desk.ask(queries.fix_form, saved.journal, number)


def test_every_other_writer_waits_before_a_line_is_looked_at_that_is_to_be_put_right(team, home, query_log):
    desk, _ = team
    journal = paid(desk, home.account, "RCP", -50_00)
    proposed = rules.proposed(desk.ask(queries.fix_form, journal, 1), LineFix.REVERSE, "wrong_account")

    def first(*words):
        return next(at for at, each in enumerate(query_log) if all(word in each for word in words))

    query_log.clear()
    draft = desk.do(lambda ctx: keeping.keep(ctx, entry(proposed)).id)
    assert first("UPDATE counter") < first("adjustment_line.fixed_journal IN")
    query_log.clear()
    desk.do(commands.submit, draft)
    assert first("UPDATE counter") < first("journal.reverses IN")
    query_log.clear()
    desk.do(commands.reverse, draft, "It was right")
    assert first("UPDATE counter") < first("adjustment_charge")
    query_log.clear()
    desk.do(ledger.reverse, journal, "Keyed twice", "back")
    assert first("UPDATE counter") < first("WHERE journal.reverses =") < first("adjustment_line.fixed_journal =")


def test_no_way_takes_back_what_was_put_right_by_itself(team, home):
    desk, _ = team
    journal = paid(desk, home.account, "RCP", -50_00)
    fixed(desk, journal, LineFix.CORRECT, "wrong_amount", wanted=Money(-60_00))
    with pytest.raises(UserError, match="A line of it was put right by adjustment 1"):
        desk.do(ledger.reverse, journal, "Keyed twice", "back")
    desk.do(commands.reverse, 1, "It was right")
    desk.do(ledger.reverse, journal, "Keyed twice", "back")
    assert balance(desk, home.account) == 0


def test_the_journal_of_an_adjustment_is_taken_back_by_the_adjustment_alone(team, home):
    desk, _ = team
    journal = desk.do(commands.enter, entry(line(home.account, 10_00))).journal
    with pytest.raises(UserError, match=f"Journal {journal} is adjustment 1") as refused:
        desk.do(ledger.reverse, journal, "Keyed twice", "back")
    assert refused.value.hint == "Take that back where it was made, on the page Adjustments."


def test_the_entry_sheet_offers_what_the_account_may_have(team, home):
    desk, _ = team
    form = desk.ask(queries.entry_form, home.account.id)
    assert (form.account.reference, form.today) == ("70 0001", date(2026, 11, 21))
    keys = {each.key for each in form.kinds}
    assert {"debit", "credit", "transfer", "allowance"} <= keys
    assert not keys & {"former_tenant", "refund", "write_off", "recharge", "rent_change"}
    assert "former_tenant" in {each.key for each in desk.ask(queries.entry_form).kinds}
    control = desk.ask(ledgers.control_account, "adjustments", home.rent_group.fund)
    with pytest.raises(UserError, match="can be adjusted"):
        desk.ask(queries.entry_form, control)


def test_the_preview_shows_each_account_before_and_after_and_what_goes_with_it(team, home, other):
    desk, _ = team
    paid(desk, home.account, "ADJ", 80_00)
    moved = line(home.account, -30_00, "transfer", other_account_id=other.account.id, reason="offset")
    found = desk.ask(previewing.preview, entry(moved))
    shown = {(each.kind, each.linked): (each.before, each.after) for each in found.effects}
    assert shown[AccountKind.GARAGE, True] == (Money(0), Money(0))
    first, second, _garage = found.effects
    assert (first.before, first.after, second.after) == (Money(80_00), Money(50_00), Money(30_00))
    assert (found.needs, found.alike, found.warnings) == ("", {}, ())
    told = desk.ask(previewing.effects, entry(moved))
    assert [(each.group, each.before, each.after) for each in told][:2] == [
        ("Balances", "£80.00 DR", "£50.00 DR"),
        ("Balances", "£0.00", "£30.00 DR"),
    ]
    assert told[-1].text == "It is posted at once, by you."
    assert desk.ask(ledgers.balance, home.account.id) == Money(80_00)


def test_the_preview_says_what_to_look_at_and_who_approves(team, home):
    desk, _ = team
    desk.do(holds.place, PlaceHold(home.account.id, HoldKind.DISPUTE, "Heating", None, date(2026, 12, 31)))
    desk.do(commands.enter, entry(line(home.account, 30_00)))
    lines = (line(home.account, 30_00), line(home.account, 120_00, effective_on=date(2024, 5, 6)))
    found = desk.ask(previewing.preview, entry(*lines, key="two"))
    assert [each.number for each in found.alike[0]] == [1]
    assert found.needs.startswith("It is above your limit for debits")
    assert found.warnings == (
        "6 May 2024 is before the tenancy of 70 0001 began, on 7 Apr 2025.",
        "70 0001 is on hold until 31 Dec 2026: dispute.",
    )
    told = desk.ask(previewing.effects, entry(*lines, key="two"))
    assert [each.text for each in told if each.group == "Entered before?"] == [
        "Line 1. Adjustment 1 by Test Officer is the same: Debit correction, £30.00 DR, for 16 Nov 2026 (posted)."
    ]
    with pytest.raises(UserErrors, match="does nothing"):
        desk.ask(previewing.preview, entry(line(home.account, 0, "debit")))


def test_the_preview_says_who_is_told_of_a_change_of_rent(team, home):
    desk, _ = team
    claim = KeepClaim(
        home.account.id, home.person.id, BenefitKind.HOUSING_BENEFIT, ClaimState.APPLIED, date(2026, 4, 6)
    )
    desk.do(benefits.keep_claim, claim)
    desk.do(lambda ctx: setattr(ctx.session.get(AdjustmentKind, "debit"), "tells_benefit", True))
    found = desk.ask(previewing.preview, entry(line(home.account, 5_00)))
    assert found.warnings == ("Housing Benefit is claimed on 70 0001: a task asks to tell them.",)
    assert desk.ask(previewing.preview, entry(line(home.account, -5_00))).warnings == ()


def test_the_preview_says_that_a_third_officer_posts(team, home):
    desk, _ = team
    third(desk, "debit")
    found = desk.ask(previewing.preview, entry(line(home.account, 200_00)))
    assert found.needs.endswith("approves it. A third officer posts it then.")
    assert desk.ask(previewing.preview, entry(line(home.account, 20_00))).needs == ""
    desk.do(lambda ctx: setattr(ctx.session.scalar(select(Officer).filter_by(username="manager")), "active", False))
    found = desk.ask(previewing.preview, entry(line(home.account, 200_00)))
    assert found.needs.endswith("and this Rentbook has two: add one (Admin, Officers).")


def test_alone_the_preview_says_that_nothing_posts(desk):
    home = desk.do(lettings.letting)
    found = desk.ask(previewing.preview, entry(line(home.account, 30_00)))
    assert found.needs.endswith("so nothing is posted: add a second one first (Admin, Officers).")


def test_a_line_of_a_batch_can_be_put_right_by_itself(team, home, other):
    desk, colleague = team
    saved = desk.do(commands.enter, entry(line(home.account, 200_00), line(other.account, 30_00)))
    colleague.do(approvals.approve, [saved.request_id])
    journal = desk.ask(queries.detail, saved.adjustment_id).journal
    form = desk.ask(queries.fix_form, journal, 2)
    assert (form.account.account_id, form.adjustment_id) == (other.account.id, saved.adjustment_id)
    back = desk.do(commands.enter, entry(rules.proposed(form, LineFix.REVERSE, "posted_twice"), key="two"))
    assert back.state is AdjustmentState.POSTED
    assert (balance(desk, home.account), balance(desk, other.account)) == (200_00, 0)
    with pytest.raises(UserError, match="A line of it was put right by adjustment 2"):
        colleague.do(commands.reverse, saved.adjustment_id, "All of it was wrong")
    colleague.do(commands.reverse, back.adjustment_id, "It goes with the rest")
    colleague.do(commands.reverse, saved.adjustment_id, "All of it was wrong")
    assert (balance(desk, home.account), balance(desk, other.account)) == (0, 0)


def test_what_waits_to_be_put_right_is_not_reversed_nor_what_was_reversed_put_right(team, home):
    desk, colleague = team
    journal = paid(desk, home.account, "RCP", -150_00)
    saved = fixed(desk, journal, LineFix.REVERSE)
    assert saved.state is AdjustmentState.WAITING
    with pytest.raises(UserError, match="A line of it was put right by adjustment 1"):
        desk.do(ledger.reverse, journal, "Keyed twice", "back")
    form = desk.ask(queries.fix_form, journal, 1)
    colleague.do(approvals.refuse, [saved.request_id], "Reverse the whole")
    desk.do(ledger.reverse, journal, "Keyed twice", "back")
    late = entry(rules.proposed(form, LineFix.REVERSE, "posted_twice"), key="late")
    with pytest.raises(UserError, match=f"Journal {journal} was reversed meanwhile"):
        colleague.do(commands.enter, late)
    assert balance(desk, home.account) == 0


PAID = {"method": "card", "payee": "tenant", "payee_name": "Mx Sample"}
REFUND = {"number": 1, "pence": 50_00, "state": "returned", **PAID}
RECHARGE = {"kind": "repair", "state": "raised", "description": "Lock", "net_pence": 50_00, "send_by": "nothing"}


@pytest.mark.parametrize(("table", "made"), [(Refund, "refund 1"), (Recharge, "invoice 7")])
def test_a_line_of_a_refund_or_an_invoice_is_neither_put_right_nor_reversed_in_the_ledger(team, home, table, made):
    desk, _ = team
    journal = paid(desk, home.account, "RCP", 50_00)
    own = {"account_id": home.account.id, "reason": "", "entry_key": "one", "journal": journal}
    own |= {"made_by": desk.officer.id, "made_at": desk.clock.now()}
    if table is Refund:
        own |= REFUND | {"asked_on": ON}
    else:
        own |= RECHARGE | {"for_account_id": home.account.id, "happened_on": ON, "invoice_number": 7}
    desk.do(lambda ctx: ctx.session.add(table(**own)))
    form = desk.ask(queries.fix_form, journal, 1)
    assert (form.offers, form.shut) == (
        (),
        "Card payment: it is taken back where it was made, on the page Adjustments.",
    )
    with pytest.raises(UserError, match=f"Journal {journal} is {made}"):
        desk.do(ledger.reverse, journal, "Keyed twice", "back")
