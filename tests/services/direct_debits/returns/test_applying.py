"""What each report does to mandates, collections and accounts, by hand figures.

£65.00 was collected with the processing day Tuesday 17 November 2026 and is on the account; today is Saturday 21 November.
"""

from datetime import date

from sqlalchemy import select

from app.models.direct_debits.mandates import Instruction, MandateBank, MandateStep
from app.models.direct_debits.schedules import Collection
from app.models.ledger import Entry
from app.models.letters import Outgoing
from app.models.values import BacsCode, CollectionState, InstructionState, MandateState
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.mandates import queries as mandates
from app.services.direct_debits.mandates.dto import MandateFilter, MandateSort
from app.services.direct_debits.returns import commands, queries
from tests.factories import debits, lettings
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import (
    arudd,
    balance,
    carried_out,
    collections,
    item,
    letters,
    read,
    state,
    steps,
    titles,
    waiting,
)


class TestReferToPayer:
    def test_reverses_and_is_presented_again_within_the_month(self, desk, home):
        """Ten working days after Thursday 19 November are Thursday 3 December; the month ends on 17 December."""
        account_id, mandate_id, _ = home
        before = balance(desk, account_id)

        done = carried_out(desk, arudd())

        assert (done.count, str(done.reversed_), len(done.journals)) == (1, "£65.00", 1)
        assert balance(desk, account_id) == before + 65_00
        came_back, again = collections(desk, mandate_id)
        assert (came_back.state, came_back.return_code, came_back.returned_on) == ("returned", "0", date(2026, 11, 19))
        assert came_back.return_journal == done.journals[0]
        assert (again.kind, again.pence, again.due_on, again.again_of) == (
            "again",
            65_00,
            date(2026, 12, 3),
            came_back.id,
        )
        assert again.noticed_pence == 65_00
        assert letters(desk) == ["Direct Debit returned unpaid"]
        body = desk.ask(lambda ctx: ctx.session.scalar(select(Outgoing.body)))
        assert before == -65_00
        assert "in credit" not in body
        assert state(desk, mandate_id) == "live"
        assert steps(desk, mandate_id) == ["set_up", "returned"]

    def test_the_journal_has_one_contra_and_says_the_reason(self, desk, home):
        account_id = home[0]
        journal = carried_out(desk, arudd()).journals[0]
        rows = select(Entry.account_id, Entry.code, Entry.pence, Entry.effective_on, Entry.narrative)
        first, contra = desk.ask(lambda ctx: ctx.session.execute(rows.where(Entry.journal == journal)).all())
        assert first == (account_id, "RDN", 65_00, date(2026, 11, 19), "Direct Debit returned: Refer to payer")
        assert (contra.code, contra.pence) == ("CTL", -65_00)

    def test_the_second_time_somebody_looks(self, desk, home):
        """Policy presents once again: what came back of that is a task, and no third time."""
        mandate_id = home[1]

        def presented(ctx):
            first = ctx.session.get_one(Collection, home[2])
            first.state = "returned"
            of = ctx.session.get_one(debits.Mandate, mandate_id)
            return debits.collected(ctx, of, due_on=date(2026, 11, 19), again_of=first.id, kind="again").id

        desk.do(presented)
        carried_out(desk, arudd(originalProcessingDate="2026-11-18"))
        assert len(collections(desk, mandate_id)) == 2
        assert "Direct Debit returned again: talk to the payer" in titles(desk)

    def test_shares_go_back_to_the_accounts_that_they_were_of(self, desk):
        def with_garage(ctx):
            debits.landlord(ctx)
            let = lettings.letting(ctx, reference="70000141")
            garage = lettings.garage_letting(ctx)
            of = debits.mandate(ctx, let, beside=[garage.account])
            debits.collected(ctx, of, shares={let.account.id: 50_00, garage.account.id: 15_00})
            return let.account.id, garage.account.id

        accounts = desk.do(with_garage)
        before = [balance(desk, each) for each in accounts]
        carried_out(desk, arudd())
        assert [balance(desk, each) - was for each, was in zip(accounts, before, strict=True)] == [50_00, 15_00]


OTHER_REASONS = {
    "1012": ("cancelled", "Direct Debit cancelled at the bank", ""),
    "2000": ("cancelled", "", "The bank says a payer has died: check the tenancy"),
    "3000": ("suspended", "New Direct Debit Instruction needed", ""),
    "4000": ("suspended", "", "Advance notice of a Direct Debit disputed: look at the notice"),
    "5000": ("suspended", "New Direct Debit Instruction needed", ""),
    "6000": ("suspended", "New Direct Debit Instruction needed", ""),
    "B000": ("suspended", "New Direct Debit Instruction needed", ""),
    "7000": ("live", "", "Direct Debit returned through a mistake of ours"),
    "A000": ("live", "", "Direct Debit returned through a mistake of ours"),
    "C128": ("live", "", "A Direct Debit came back for a reason that isn't known: look at it"),
}
"""Of each code of a return: how the mandate stands then, the letter and the task that follow."""


def homes(desk, names):
    """A home for each name, with a mandate `RENT name`; (account, mandate, collection) by name."""

    def make(ctx):
        every = enumerate(names)
        return {name: debits.home(ctx, f"RENT {name}", payment_reference=f"{70000141 + at}") for at, name in every}

    return desk.do(make)


def test_each_other_reason_of_a_return_reverses_and_goes_no_further_than_its_rule(desk):
    made = homes(desk, OTHER_REASONS)
    before = {code: balance(desk, made[code][0]) for code in made}
    carried_out(desk, samples.arudd("".join(samples.returned(f"RENT {code}", code) for code in made)))
    for code, (stands, _letter, _task) in OTHER_REASONS.items():
        account_id, mandate_id, _ = made[code]
        assert balance(desk, account_id) == before[code] + 65_00, code
        assert (state(desk, mandate_id), waiting(desk, mandate_id)) == (stands, []), code
        assert len(collections(desk, mandate_id)) == 1, code
    assert sorted(letters(desk)) == sorted(letter for _, letter, _ in OTHER_REASONS.values() if letter)
    assert titles(desk) == sorted(task for _, _, task in OTHER_REASONS.values() if task)


def last_two(desk, mandate_id):
    rows = select(MandateBank.last_two).where(MandateBank.mandate_id == mandate_id, MandateBank.to_on.is_(None))
    return desk.ask(lambda ctx: ctx.session.scalar(rows))


TOLD_BY_BANKS = (
    ("0", False, "cancelled", [], "58"),
    ("1", False, "cancelled", [], "58"),
    ("2", False, "cancelled", [], "58"),
    ("3", True, "amended", ["0N"], "91"),
    ("3", False, "suspended", [], "58"),
    ("B", False, "cancelled", [], "58"),
    ("C", True, "live", [], "91"),
    ("E", True, "live", [], "91"),
    ("E", False, "suspended", [], "58"),
    ("D", False, "suspended", [], "58"),
    ("Y", False, "live", [], "58"),
)
"""Reason, with new details or without; how the mandate stands then, what waits to be sent, and on which account it is."""


def named(code, new):
    return f"{code} NEW" if new else code


def test_what_payers_banks_tell(desk):
    """A 0C never goes to the old bank, and nothing at all where the bank holds the new details already."""
    made = homes(desk, [named(code, new) for code, new, *_ in TOLD_BY_BANKS])
    tell = {True: samples.moved, False: samples.advice}
    carried_out(desk, samples.addacs(*(tell[new](f"RENT {named(code, new)}", code) for code, new, *_ in TOLD_BY_BANKS)))
    for code, new, *wanted in TOLD_BY_BANKS:
        mandate_id = made[named(code, new)][1]
        found = [state(desk, mandate_id), waiting(desk, mandate_id), last_two(desk, mandate_id)]
        assert found == wanted, (code, new)


def test_a_reinstated_mandate_stands_again_and_sends_nothing(desk, home):
    mandate_id = home[1]
    carried_out(desk, samples.addacs(samples.advice(reason="1")))
    carried_out(desk, samples.addacs(samples.advice(reason="R"), header={"document_number": "1"}))
    assert (state(desk, mandate_id), waiting(desk, mandate_id)) == ("live", [])


def test_details_that_the_bank_put_right_are_kept_and_nothing_is_sent(desk, home):
    carried_out(desk, samples.awacs(samples.moved(reason="0")))
    assert (last_two(desk, home[1]), waiting(desk, home[1])) == ("91", [])


def test_a_returned_instruction_suspends_and_asks_for_a_new_one(desk, home):
    mandate_id = home[1]
    desk.do(lambda ctx: debits.sent(ctx, ctx.session.get_one(debits.Mandate, mandate_id)))
    carried_out(desk, samples.auddis_returned(samples.advice(reason="5")))
    assert state(desk, mandate_id) == "suspended"
    assert letters(desk) == ["New Direct Debit Instruction needed"]


def test_a_conversion_of_an_instruction_that_had_expired_ends_the_mandate(desk, home):
    """A 0S returned with H: nothing is collected or sent any more, the tenancy is paid for as before, and a new one is asked for."""
    mandate_id = home[1]

    def converted(ctx):
        of = ctx.session.get_one(debits.Mandate, mandate_id)
        debits.sent(ctx, of, BacsCode.CONVERT)
        debits.collected(ctx, of, due_on=date(2026, 12, 18), state=CollectionState.PLANNED)
        keeping.instruct(ctx, of, BacsCode.CANCEL, keeping.bank_of(ctx, mandate_id), "")

    desk.do(converted)
    found = read(desk, samples.auddis_returned(samples.advice(reason="H")))
    shown = desk.ask(queries.detail, found.item_ids[0])
    assert [(each.before, each.after) for each in shown.effects if each.before] == [("Live", "Expired")]
    desk.do(commands.apply, found.item_ids)

    assert (state(desk, mandate_id), waiting(desk, mandate_id)) == ("expired", [])
    assert [each.state.value for each in collections(desk, mandate_id)] == ["posted", "dropped"]
    sent = desk.ask(lambda ctx: ctx.session.query(Instruction).filter_by(mandate_id=mandate_id, code="0S").one())
    assert sent.state is InstructionState.RETURNED
    step = desk.ask(lambda ctx: ctx.session.query(MandateStep).filter_by(mandate_id=mandate_id, event="expired").one())
    assert (step.from_state.value, step.to_state.value, step.told_by.value) == ("live", "expired", "bank")
    assert letters(desk) == ["New Direct Debit Instruction needed"]
    assert titles(desk) == ["A Direct Debit Instruction has expired: a new one is needed"]
    wanted = MandateFilter(states=frozenset({MandateState.EXPIRED}))
    assert list(desk.ask(mandates.ids, wanted, MandateSort.REFERENCE, descending=False)) == [mandate_id]


def test_a_mandate_that_is_over_stays_so_whatever_instruction_comes_back(desk, home):
    mandate_id = home[1]
    desk.do(lambda ctx: debits.sent(ctx, ctx.session.get_one(debits.Mandate, mandate_id)))
    carried_out(desk, samples.addacs(samples.advice(reason="1")))
    done = read(desk, samples.auddis_returned(samples.advice(reason="H")))
    desk.do(commands.apply, done.item_ids)
    assert state(desk, mandate_id) == "cancelled"
    assert item(desk, done.item_ids[0]).outcome.startswith("The instruction is returned; the mandate is cancelled.")


def test_no_instruction_to_cancel_changes_nothing(desk, home):
    carried_out(desk, samples.auddis_returned(samples.advice(reason="6")))
    assert (state(desk, home[1]), titles(desk), letters(desk)) == ("live", [], [])


def test_a_claim_opens_a_case_with_its_clocks(desk, home):
    """Debited on Thursday 10 December, 14 working days after the advice of 20 November; nine are up on 3 December."""
    report = samples.ddica(samples.claim(pounds="65.00", debits=(("2026-11-18", "65.00"),)), total="65.00")
    done = carried_out(desk, report)
    assert done.count == 1
    from app.models.direct_debits.cases import DebitCase, DebitCaseCollection

    case = desk.ask(lambda ctx: ctx.session.scalars(select(DebitCase)).one())
    assert (case.kind, case.pence, case.debit_on) == ("indemnity", 65_00, date(2026, 12, 10))
    assert (case.challenge_by, case.bank_reference) == (date(2026, 12, 3), "MUB0001")
    assert desk.ask(lambda ctx: ctx.session.scalars(select(DebitCaseCollection.collection_id)).all()) == [home[2]]
    assert steps(desk, home[1])[-1] == "claimed"
