"""Claims under the Guarantee, queries and mistakes, by hand figures.

£65.00 was collected on Wednesday 18 November 2026 and is on the account; today is Saturday 21 November. Nine working days of
Bacs after Friday 20 November are Thursday 3 December, fourteen are Thursday 10 December.
"""

from dataclasses import replace
from datetime import date

import pytest

from app.models.accounts import Account
from app.models.direct_debits.schedules import Collection
from app.models.values import DebitCaseKind, DebitCaseOutcome, Money, Subject
from app.services.bacs.open_claims import open_claim
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.direct_debits.cases import commands, queries
from app.services.direct_debits.cases.dto import CaseAct, CaseView, ChallengeCase, CloseCase, NewCase, WriteToBank
from app.services.documents.evidence import links_of

ASKED = date(2026, 11, 20)


def opened(desk, home, kind=DebitCaseKind.INDEMNITY, **changed):
    _, mandate_id, collection_id = home
    new = {"entry_key": "case", "words": "The payer says no notice came", "collections": (collection_id,)} | changed
    return desk.do(commands.open_case, NewCase(kind=kind, mandate_id=mandate_id, told_on=ASKED, **new)).case_id


def balance(desk, home):
    return desk.ask(lambda ctx: ctx.session.get_one(Account, home[0])).balance_pence


def state(desk, home):
    return desk.ask(lambda ctx: ctx.session.get_one(Collection, home[2])).state.value


def on(desk, day):
    """The same desk on another day."""
    return replace(desk, clock=FixedClock(day))


def closed(desk, case_id, outcome, words="The bank wrote so"):
    version = desk.ask(queries.detail, case_id).version
    return desk.do(commands.close, CloseCase(case_id, version, outcome, words))


class TestClaim:
    def test_has_nine_working_days_to_be_challenged_and_is_taken_after_fourteen(self, desk, home):
        case_id = opened(desk, home)

        found = desk.ask(queries.detail, case_id)
        assert (found.row.number, found.row.amount, found.row.state) == (1, Money(65_00), "open")
        assert (found.row.challenge_by, found.row.debit_on) == (date(2026, 12, 3), date(2026, 12, 10))
        assert found.row.days_left == 9
        assert found.may == {CaseAct.CHALLENGE, CaseAct.CLOSE, CaseAct.NOTE, CaseAct.LETTER}

    def test_opened_twice_by_the_same_key_is_one_case(self, desk, home):
        assert opened(desk, home) == opened(desk, home)

        assert len(desk.ask(queries.listed, CaseView.OPEN)) == 1

    def test_is_taken_off_the_account_on_its_day_and_once(self, desk, home):
        opened(desk, home)
        before = balance(desk, home)
        assert desk.do(commands.post_claims, date(2026, 11, 21)).posted == ()

        desk = on(desk, date(2026, 12, 10))
        assert [row.number for row in desk.ask(queries.listed, CaseView.TO_POST)] == [1]
        done = desk.do(commands.post_claims, date(2026, 12, 10))
        desk.do(commands.post_claims, date(2026, 12, 10))

        assert done.told == "1 claim of £65.00 posted."
        assert balance(desk, home) == before + 65_00
        assert state(desk, home) == "claimed"

    def test_won_after_it_was_taken_is_put_back_by_a_second_officer(self, desk, colleague, home):
        case_id = opened(desk, home)
        before = balance(desk, home)
        desk.do(commands.challenge, ChallengeCase(case_id, 1, "Sent the notices of 1 October"))
        desk = on(desk, date(2026, 12, 10))
        desk.do(commands.post_claims, date(2026, 12, 10))

        with pytest.raises(UserError, match="You opened case 1 yourself"):
            closed(desk, case_id, DebitCaseOutcome.WON)
        done = closed(on(colleague, date(2026, 12, 10)), case_id, DebitCaseOutcome.WON)

        assert done.told == "Case 1 is closed: the bank took the claim back. £65.00 is on the accounts again."
        assert balance(desk, home) == before
        assert state(desk, home) == "posted"

    def test_won_before_it_was_taken_is_never_posted(self, desk, home):
        closed(desk, opened(desk, home), DebitCaseOutcome.WON)

        desk = on(desk, date(2026, 12, 10))
        assert desk.do(commands.post_claims, date(2026, 12, 10)).posted == ()

    def test_accepted_before_it_was_taken_is_still_posted_and_stops_refunds_until_then(self, desk, home):
        closed(desk, opened(desk, home), DebitCaseOutcome.ACCEPTED)
        assert desk.ask(open_claim, home[0]) == "Case 1: the payer's bank claims £65.00 back under the Guarantee."

        desk = on(desk, date(2026, 12, 10))
        desk.do(commands.post_claims, date(2026, 12, 10))

        assert desk.ask(open_claim, home[0]) == ""

    def test_is_not_challenged_once_its_days_are_over(self, desk, home):
        case_id = opened(desk, home)
        desk = on(desk, date(2026, 12, 4))

        with pytest.raises(UserError, match="The days to challenge this claim are over"):
            desk.do(commands.challenge, ChallengeCase(case_id, 1, "Too late"))

    def test_of_nothing_is_refused(self, desk, home):
        with pytest.raises(UserError, match="What is claimed is missing"):
            opened(desk, home, collections=())

    def test_of_more_than_was_collected_is_refused(self, desk, home):
        with pytest.raises(UserError, match="more than the chosen collections"):
            opened(desk, home, amount=Money(65_01))


class TestOtherCases:
    def test_a_query_ends_as_answered_and_takes_nothing(self, desk, home):
        case_id = opened(desk, home, DebitCaseKind.BANK_QUERY)
        with pytest.raises(UserError, match="doesn't end so"):
            closed(desk, case_id, DebitCaseOutcome.WON)

        assert closed(desk, case_id, DebitCaseOutcome.ANSWERED).told == "Case 1 is closed: answered."
        assert desk.ask(open_claim, home[0]) == ""

    def test_a_mistake_of_ours_offers_the_refund(self, desk, home):
        case_id = opened(desk, home, DebitCaseKind.OUR_ERROR, note="The bank rang: collected twice")

        found = desk.ask(queries.detail, case_id)
        assert CaseAct.REFUND in found.may
        assert "The bank rang: collected twice" in [line.words for line in found.trail]

    def test_the_bank_is_written_to_by_name_without_bank_details(self, desk, home):
        case_id = opened(desk, home, DebitCaseKind.BANK_QUERY, bank_reference="EX-118")
        letter = WriteToBank(case_id, "Example Bank", "1 Sample Street\nAnytown\nAB1 2DD", "Why was it returned?")

        told = desk.do(commands.write_to_bank, letter).told

        assert told == "The letter to Example Bank is in the queue."
        assert [line.what for line in desk.ask(queries.detail, case_id).trail].count("Letter") == 1

    def test_the_evidence_is_kept_with_the_case(self, desk, home):
        case_id = opened(desk, home)

        desk.do(commands.keep_evidence, case_id)

        assert len(desk.ask(links_of, Subject.DIRECT_DEBIT_CASE, case_id)) == 1

    def test_somebody_who_looked_at_an_older_case_is_told(self, desk, home):
        case_id = opened(desk, home)
        desk.do(commands.challenge, ChallengeCase(case_id, 1, "Sent the notices"))

        with pytest.raises(UserError):
            desk.do(commands.close, CloseCase(case_id, 1, DebitCaseOutcome.LOST, "No answer"))
