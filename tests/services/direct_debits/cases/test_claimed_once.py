"""The bank takes the money of a claim once, whether it came by letter, by report or by both; and of what is on the accounts.

The claim is of £65.00, taken from the payer on Wednesday 18 November 2026; the bank takes it on Thursday 10 December.
"""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.direct_debits.cases import DebitCase, DebitCaseCollection
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, DebitCaseKind, DebitCaseOutcome, Money
from app.services.bacs.open_claims import open_claims
from app.services.core.clock import FixedClock
from app.services.core.errors import NotAllowed, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.roles import Role
from app.services.core.session import Desk
from app.services.direct_debits.cases import commands, queries
from app.services.direct_debits.cases.dto import CaseView, CloseCase, NewCase
from app.services.direct_debits.figures import months
from app.services.direct_debits.returns import commands as returns
from app.services.direct_debits.returns import queries as reports
from app.services.direct_debits.returns.dto import MatchItem, Shown
from tests.factories import debits
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import arudd, balance, carried_out, listed, read, titles

TAKEN = date(2026, 12, 10)
OCTOBER = date(2026, 10, 19)
NAMED = (("2026-11-17", "65.00"),)


def by_hand(desk, home, key="letter", **changed):
    new = {"collections": (home[2],)} | changed
    asked = NewCase(key, DebitCaseKind.INDEMNITY, home[1], "A letter of the bank", date(2026, 11, 20), **new)
    return desk.do(commands.open_case, asked).case_id


def by_report(desk, pounds="65.00", debits=NAMED, **fields):
    return carried_out(desk, samples.ddica(samples.claim(pounds=pounds, debits=debits, **fields)))


def taken_back(desk, pounds="65.00", **fields):
    return carried_out(desk, samples.ddica(cancelled=(samples.claim(pounds=pounds, debits=NAMED, **fields),)))


def posted(desk):
    return replace(desk, clock=FixedClock(TAKEN)).do(commands.post_claims, TAKEN)


def cases(desk):
    return desk.ask(lambda ctx: list(ctx.session.query(DebitCase).order_by(DebitCase.number)))


def collection(desk, home):
    return desk.ask(lambda ctx: ctx.session.get_one(Collection, home[2]))


def linked(desk):
    return desk.ask(lambda ctx: [row.collection_id for row in ctx.session.query(DebitCaseCollection)])


class TestOnce:
    def test_by_letter_and_then_by_report_is_one_case_with_the_reports_day_and_reference(self, desk, home):
        by_hand(desk, home)
        before = balance(desk, home[0])

        told = by_report(desk).told
        (case,) = cases(desk)

        assert told == "1 item applied."
        assert (case.bank_reference, case.debit_on, case.reason_code) == ("MUB0001", TAKEN, "1")
        assert [each.outcome for each in listed(desk, Shown.APPLIED)] == [
            "Case 1 stands for this claim of £65.00 already."
        ]
        posted(desk)
        assert balance(desk, home[0]) == before + 65_00

    def test_by_letter_without_its_collection_is_the_same_claim(self, desk, home):
        by_hand(desk, home, collections=(), amount=Money(65_00))

        by_report(desk)

        assert (len(cases(desk)), linked(desk)) == (1, [home[2]])

    @pytest.mark.parametrize("between", [lambda _desk: None, posted])
    def test_repeated_in_a_second_report_is_one_case(self, desk, home, between):
        before = balance(desk, home[0])
        by_report(desk)
        between(desk)

        by_report(desk, SeqNo="2", ReasonCodeMeaning="AGAIN", PayerName="A PAYER")
        posted(desk)

        assert len(cases(desk)) == 1
        assert balance(desk, home[0]) == before + 65_00

    def test_an_officer_is_told_of_the_case_that_stands(self, desk, home):
        by_report(desk)

        with pytest.raises(UserError, match=r"Case 1 of £65\.00 is about this claim already"):
            by_hand(desk, home)

    def test_the_sum_of_the_report_counts_until_it_is_on_the_accounts(self, desk, home):
        by_hand(desk, home, amount=Money(60_00))
        by_report(desk)
        assert cases(desk)[0].pence == 65_00
        posted(desk)

        done = by_report(desk, pounds="70.00", debits=(("2026-11-17", "65.00"),), SeqNo="2")

        assert done.left[0].why.startswith("Case 1 took £65.00 off the accounts for this claim; the bank says £70.00")

    def test_one_that_was_won_doesnt_stand_in_the_way_of_another(self, desk, home):
        case_id = by_hand(desk, home)
        version = desk.ask(queries.detail, case_id).version
        desk.do(commands.close, CloseCase(case_id, version, DebitCaseOutcome.WON, "The bank wrote so"))

        by_report(desk)

        assert len(cases(desk)) == 2


class TestOfWhatIsOnTheAccounts:
    def test_a_collection_that_came_back_is_told_and_stays_as_it_is(self, desk, home):
        carried_out(desk, arudd())
        before = balance(desk, home[0])

        by_report(desk)
        outcome = listed(desk, Shown.APPLIED)[0].outcome
        posted(desk)

        assert linked(desk) == []
        assert "£65.00 of 18 Nov 2026 came back unpaid" in outcome
        assert collection(desk, home).state is CollectionState.RETURNED
        assert balance(desk, home[0]) == before + 65_00

    def test_one_that_comes_back_after_the_claim_is_not_taken_twice_and_the_others_are(self, desk, home):
        other = desk.do(lambda ctx: debits.home(ctx, "RENT 2", debits.NEW, payment_reference="70000158"))
        by_hand(desk, home)
        by_hand(desk, other, "another")
        carried_out(desk, arudd())
        before = balance(desk, home[0])

        done = posted(desk)

        assert done.told == (
            "1 claim of £65.00 posted. Case 1 is left: £65.00 of 18 Nov 2026 came back unpaid, and is off the "
            "accounts already."
        )
        assert [each.number for each in done.left] == [1]
        assert (balance(desk, home[0]), collection(desk, home).state) == (before, CollectionState.RETURNED)

    def test_is_in_the_figures_of_the_month_in_which_the_bank_took_it(self, desk, home):
        by_report(desk)
        posted(desk)

        (found,) = desk.ask(months.returned, date(2026, 12, 1))
        assert (found.count, found.total) == (1, Money(65_00))
        assert desk.ask(months.collected, date(2026, 12, 1), TAKEN)[0].returned.total == Money(65_00)


class TestWithoutItsSum:
    def test_comes_to_what_the_named_collections_do(self, desk, home):
        by_report(desk, pounds="")

        assert [each.pence for each in cases(desk)] == [65_00]

    @pytest.mark.parametrize("debits", [(), (("2026-11-17", ""),)])
    def test_and_without_theirs_is_no_case_until_somebody_asked_the_bank(self, desk, home, debits):
        assert by_report(desk, pounds="", debits=debits).count == 0

        (row,) = listed(desk, Shown.UNMATCHED)
        assert row.outcome.startswith("The report doesn't say how much is claimed")
        with pytest.raises(UserError, match="doesn't say how much"):
            desk.do(returns.match, MatchItem(row.item_id, row.version, home[1]))
        by_hand(desk, home)
        assert [each.number for each in posted(desk).posted] == [1]


class TestTakenBack:
    def test_before_the_bank_took_it_nothing_is_posted(self, desk, home):
        by_report(desk)

        taken_back(desk)

        assert [each.outcome for each in cases(desk)] == [DebitCaseOutcome.WON]
        assert posted(desk).posted == ()
        assert listed(desk, Shown.APPLIED)[0].outcome == "Case 1 is closed: the bank took the claim back."
        assert "The bank took an indemnity claim back: close the case" not in titles(desk)

    def test_is_told_before_it_is_applied(self, desk, home):
        by_report(desk)
        found = read(desk, samples.ddica(cancelled=(samples.claim(pounds="65.00", debits=NAMED),)))

        (effect,) = desk.ask(reports.detail, found.item_ids[0]).effects
        (line,) = desk.ask(reports.rehearse, found.item_ids).lines

        assert effect.text.startswith("The case of the claim is closed as won")
        assert line.words.startswith("Cases of claims closed as won")

    def test_after_it_took_it_is_put_back(self, desk, home):
        before = balance(desk, home[0])
        by_report(desk)
        posted(desk)

        taken_back(replace(desk, clock=FixedClock(date(2026, 12, 11))))

        row = collection(desk, home)
        assert balance(desk, home[0]) == before
        assert (row.state, row.returned_on, row.return_code) == (CollectionState.POSTED, None, "")

    @pytest.mark.parametrize("fields", [{"PayingBankReference": "OTHER"}, {"pounds": "64.00"}])
    def test_that_no_case_fits_gives_a_task(self, desk, home, fields):
        by_report(desk)

        taken_back(desk, **fields)

        assert "The bank took an indemnity claim back: close the case" in titles(desk)
        assert [row.state for row in desk.ask(queries.listed, CaseView.OPEN)] == ["open"]


class TestTakenBackByHand:
    """As a letter of the bank says; the claim came by report, and nothing is posted yet."""

    def close(self, desk, outcome=DebitCaseOutcome.WON):
        (case,) = cases(desk)
        return desk.do(commands.close, CloseCase(case.id, case.version, outcome, "The bank wrote so"))

    @pytest.mark.parametrize("outcome", [DebitCaseOutcome.WON, DebitCaseOutcome.MISTAKE])
    def test_by_a_second_officer_not_by_who_applied_the_report(self, desk, colleague, home, outcome):
        by_report(desk)

        with pytest.raises(NotAllowed, match=r"You opened case 1 yourself, .* leaves £65\.00 on the accounts"):
            self.close(desk, outcome)
        self.close(colleague, outcome)

        assert posted(desk).posted == ()

    def test_by_nobody_who_may_not_apply_reports(self, desk, colleague, home):
        by_report(desk)
        both = NewOfficer("keeps", "Keeps Mandates", frozenset({Role.RENTS_OFFICER, Role.ADMINISTRATOR}))
        Desk.sit_down(desk.database, "manager", desk.clock).do(add, both)  # an administrator applies nothing
        keeps = Desk.sit_down(desk.database, "keeps", desk.clock)

        with pytest.raises(NotAllowed, match="by whoever may apply what banks report"):
            self.close(keeps)
        self.close(keeps, DebitCaseOutcome.LOST)

        assert [each.number for each in posted(desk).posted] == [1]


class TestAudit:
    def test_which_collections_a_claim_was_of_before_its_report_is_audited(self, desk, home):
        other = desk.do(lambda ctx: debits.collected(ctx, ctx.session.get_one(Mandate, home[1]), 65_00, OCTOBER).id)
        by_hand(desk, home, collections=(other,), bank_reference="MUB0001")

        by_report(desk)

        assert linked(desk) == [home[2]]
        gone = select(AuditEntry.before).where(
            AuditEntry.table_name == DebitCaseCollection.__tablename__, AuditEntry.action == "delete"
        )
        (before,) = desk.ask(lambda ctx: list(ctx.session.scalars(gone)))
        assert f'"collection_id": {other}' in before


class TestStopsRefunds:
    def test_from_the_day_on_which_the_report_is_read(self, desk, home):
        read(desk, samples.ddica(samples.claim(pounds="65.00", debits=NAMED)))

        assert desk.ask(open_claims, [home[0]]) == {
            home[0]: "A report of the bank claims £65.00 back under the Guarantee; it waits among Bank reports."
        }

    def test_of_many_accounts_in_as_many_statements_as_of_one(self, desk, home, query_log):
        by_report(desk)
        query_log.clear()
        desk.ask(open_claims, [home[0]])
        one = len(query_log)
        query_log.clear()

        found = desk.ask(open_claims, [home[0], *range(9_000, 9_400)])

        assert found == {home[0]: "Case 1: the payer's bank claims £65.00 back under the Guarantee."}
        assert len(query_log) == one
