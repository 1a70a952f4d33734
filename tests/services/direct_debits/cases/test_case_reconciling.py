"""Claims held against the ledger: £65.00 of a home, taken on 10 December 2026."""

from dataclasses import replace
from datetime import date

from app.models.direct_debits.cases import DebitCase, DebitCaseCollection
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, DebitCaseKind, DebitCaseOutcome
from app.services.core.clock import FixedClock
from app.services.direct_debits.cases import commands, reconciling
from app.services.direct_debits.cases.dto import CloseCase, NewCase
from app.services.ledger import plugged
from tests.prepared import prepared

TAKEN = date(2026, 12, 10)


@prepared
def case_id(desk, home):
    """A claim that is on the accounts."""
    new = NewCase("a", DebitCaseKind.INDEMNITY, home[1], "A letter", date(2026, 11, 20), (home[2],))
    made = desk.do(commands.open_case, new).case_id
    assert replace(desk, clock=FixedClock(TAKEN)).do(commands.post_claims, TAKEN).left == ()
    return made


def faults(desk):
    return desk.ask(lambda ctx: list(reconciling.check(ctx)))


def spoilt(desk, model, record_id, **columns):
    def change(ctx):
        row = ctx.session.get_one(model, record_id)
        for name, value in columns.items():
            setattr(row, name, value)

    desk.do(change)


def test_the_check_of_the_command_line_has_it():
    assert plugged.checks()["direct debit claims"] is reconciling.check


def test_a_claim_taken_and_given_back_agrees_all_the_way(desk, colleague, case_id):
    assert faults(desk) == []
    later = replace(colleague, clock=FixedClock(TAKEN))
    version = later.ask(lambda ctx: ctx.session.get_one(DebitCase, case_id).version)
    later.do(commands.close, CloseCase(case_id, version, DebitCaseOutcome.WON, "The bank wrote so"))
    assert faults(desk) == []


def test_another_sum_than_its_journals_is_told(desk, case_id):
    spoilt(desk, DebitCase, case_id, pence=64_00)
    (told,) = faults(desk)
    assert told.startswith("Direct Debit case 1 has £64.00 in journal ")
    assert told.endswith(", which has £65.00.")


def test_a_collection_that_isnt_claimed_is_told(desk, home, case_id):
    spoilt(desk, Collection, home[2], state=CollectionState.POSTED)
    assert faults(desk) == [f"Collection {home[2]} is posted, but its claim was posted."]


def test_what_is_claimed_by_no_case_is_told(desk, home):
    spoilt(desk, Collection, home[2], state=CollectionState.CLAIMED)
    assert faults(desk) == [f"Collection {home[2]} is claimed, but no claim of it was posted."]


def test_a_collection_of_two_claims_and_a_number_left_out_are_told(desk, home, case_id):
    def second(ctx):
        first = ctx.session.get_one(DebitCase, case_id)
        names = {key.key for key in DebitCase.__table__.columns} - {"id", "number", "entry_key", "journal", "version"}
        ctx.session.add(
            other := DebitCase(number=3, entry_key="b", **{name: getattr(first, name) for name in sorted(names)})
        )
        ctx.session.flush()
        ctx.session.add(DebitCaseCollection(case_id=other.id, collection_id=home[2], pence=65_00))

    desk.do(second)
    assert faults(desk) == [
        "Direct Debit case 2 is missing: the next that is found is 3.",
        f"Collection {home[2]} is in 2 Direct Debit claims.",
    ]


def test_money_of_a_claim_that_was_won_and_isnt_back_is_told(desk, case_id):
    spoilt(desk, DebitCase, case_id, outcome=DebitCaseOutcome.WON)
    assert faults(desk) == ["Direct Debit case 1 was taken back, but its money isn't on the accounts again."]
