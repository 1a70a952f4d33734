"""Reports handed in: matched, kept sealed, told where they can't be; and whatever else somebody may hand in."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.access import DeclaredAccount, RestrictedReader, RestrictedRecord
from app.models.audit import AuditEntry
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.documents import Document
from app.models.policy import PolicyValue
from app.models.values import Relation, Subject
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.direct_debits.returns import commands, queries, reading
from app.services.direct_debits.returns.dto import MatchItem, NewReport, Reopen, SetAside, Shown, TakeBack
from tests.factories import debits
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import arudd, balance, item, listed, read

NOBODY = {"number": "12345678", "sortCode": "00-00-01", "name": "SOMEBODY ELSE"}


def kept(desk):
    return desk.ask(lambda ctx: len(ctx.session.scalars(select(BankReport)).all()))


def test_an_item_finds_its_mandate_by_its_reference_whatever_its_spaces(desk, home):
    found = read(desk, samples.arudd(samples.returned(" rent  00124471 ", payer=NOBODY)))
    (row,) = listed(desk)
    assert (found.matched, row.mandate_id, row.mandate) == (1, home[1], "RENT 00124471")
    assert (row.does, row.reason) == ("Reverse, present again", "0  Refer to payer")


def test_without_its_reference_by_the_bank_account(desk, home):
    read(desk, samples.arudd(samples.returned("CHANGED AT BANK")))
    (row,) = listed(desk)
    assert row.mandate_id == home[1]
    warned = [each.text for each in desk.ask(queries.detail, row.item_id).effects if each.warns]
    assert warned == ["Not found by its reference (CHANGED AT BANK): look whether it is of this payer"]
    words = [each.words for each in desk.ask(queries.rehearse, None).lines]
    assert words[-1] == "Not found by their reference: look whether they are of these payers"


def test_two_mandates_on_one_bank_account_are_told_apart_by_what_was_collected(desk, home):
    other = desk.do(debits.home, "RENT 2", debits.OLD, 20_00, "70000150")
    report = samples.arudd(samples.returned("NONE OF OURS", pounds="20.00"))
    assert read(desk, report).matched == 1
    assert [row.mandate_id for row in listed(desk)] == [other[1]]
    read(desk, samples.addacs(samples.advice("NONE OF OURS")))
    (row,) = listed(desk, Shown.UNMATCHED)
    assert row.outcome == "2 mandates are on this bank account: choose one."
    likely = desk.ask(queries.detail, row.item_id).candidates
    assert {(each.mandate_id, each.why) for each in likely} == {
        (home[1], "The same bank account"),
        (other[1], "The same bank account"),
    }


def test_a_day_that_bacs_is_closed_for_once_moves_the_entry_day(desk, home):
    """Processed on Tuesday 17 November and Bacs closed on the 18th, the money moved on Thursday 19 November."""

    def close(ctx):
        day = date(2026, 1, 1)
        ctx.session.add(PolicyValue(key="bacs.closed_on", scope="", effective_from=day, value="2026-11-18"))
        of = ctx.session.get_one(debits.Mandate, home[1])
        return debits.collected(ctx, of, due_on=date(2026, 11, 19)).id

    moved = desk.do(close)
    found = read(desk, samples.arudd(samples.returned()))
    assert item(desk, found.item_ids[0]).collection_id == moved


def test_what_matches_of_a_file_is_kept_and_the_rest_is_a_worklist(desk, home):
    """One of ours, one of nobody, one of ours for an amount that was never collected, one without an amount that can be read."""
    unread = samples.returned(pounds="12.345")
    items = [samples.returned(), samples.returned("NOBODY", payer=NOBODY), samples.returned(pounds="9.99"), unread]
    found = read(desk, samples.arudd("".join(items)))
    assert (found.matched, found.unmatched) == (1, found.count - 1)
    assert ["no amount in pounds" in each for each in found.faults] == [True]
    assert [row.outcome for row in listed(desk, Shown.UNMATCHED)][:2] == [
        "No mandate has this reference or this bank account.",
        "No collection of £9.99 with the processing day 17 Nov 2026 was sent on this mandate.",
    ]


def test_an_unmatched_item_is_matched_by_hand_or_set_aside(desk, home):
    read(
        desk, samples.arudd(samples.returned("X 1", payer=NOBODY) + samples.returned("X 2", "1", "9.99", payer=NOBODY))
    )
    first, second = listed(desk, Shown.UNMATCHED)
    assert [each.mandate_id for each in desk.ask(queries.detail, first.item_id).candidates] == [home[1]]
    desk.do(commands.match, MatchItem(first.item_id, first.version, home[1]))
    assert item(desk, first.item_id).collection_id == home[2]
    with pytest.raises(UserError, match="was sent on this mandate"):
        desk.do(commands.match, MatchItem(second.item_id, second.version, home[1]))
    with pytest.raises(UserError, match="Somebody changed"):
        desk.do(commands.match, MatchItem(first.item_id, first.version, home[1]))
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.set_aside, SetAside((second.item_id,), " "))
    desk.do(commands.set_aside, SetAside((second.item_id,), "Another council's payer"))
    assert [row.outcome for row in listed(desk, Shown.ASIDE)] == ["Another council's payer"]
    assert desk.ask(queries.waiting).unmatched == 0


def test_the_file_is_kept_sealed_and_no_digit_of_a_bank_account_anywhere_else(desk, home):
    content = samples.addacs(samples.moved())
    report_id = read(desk, content).report_id
    assert desk.ask(lambda ctx: reading.opened(ctx, ctx.session.get_one(BankReport, report_id))) == content
    desk.do(commands.apply)
    texts = desk.ask(
        lambda ctx: [
            *ctx.session.scalars(select(AuditEntry.before + AuditEntry.after)),
            *(str(each) for each in ctx.session.execute(select(*BankReportItem.__table__.c)).all()),
            *(str(each) for each in ctx.session.scalars(select(Document.content))),
        ]
    )
    assert [each for each in texts for digits in ("66374958", "88837491", "089999", "107999") if digits in each] == []
    assert "88837491" not in repr(NewReport(content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no whole XML"),
        (samples.arudd(samples.returned())[:-60], "no whole XML"),
        (samples.arudd(samples.returned()).replace(b"A TENANT", "Zoë".encode("latin-1")), "no whole XML"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><BACSDocument/>", "document type or entities"),
        (b"<a>" * 100_000, "nested"),
        (b"<html><body>Sign in</body></html>", "no report"),
        (samples.arudd(samples.returned() + samples.totals(2, "130.00")), "says"),
        (samples.arudd(samples.returned(), sun="654321"), "654321"),
    ],
    ids=["empty", "cut", "re-encoded", "entities", "nested", "not Bacs", "wrong total", "another council"],
)
def test_what_is_no_good_report_is_refused_and_nothing_of_it_is_kept(desk, home, content, said):
    desk.do(
        lambda ctx: ctx.session.add(
            PolicyValue(key="bacs.sun", scope="", effective_from=date(2026, 1, 1), value=samples.SUN)
        )
    )
    with pytest.raises(UserError, match=said):
        read(desk, content)
    assert kept(desk) == 0


def test_returned_credits_are_for_another_page(desk):
    from tests.services.bacs.test_arucs import report

    with pytest.raises(UserError, match="returned credits"):
        read(desk, report())


class TestWhoMay:
    def test_own_accounts_are_left_to_a_colleague(self, desk, home):
        found = read(desk, samples.arudd(samples.returned()))

        def declare(ctx):
            own = DeclaredAccount(officer_id=ctx.officer.id, account_id=home[0], relation=Relation.OWN)
            own.from_on, own.declared_by = date(2026, 1, 1), ctx.officer.id
            ctx.session.add(own)

        desk.do(declare)
        done = desk.do(commands.apply, found.item_ids)
        assert (done.count, done.left[0].why) == (0, "It is on an account that you may not work on.")
        assert desk.ask(queries.rehearse, None).left[0].item_id == found.item_ids[0]
        with pytest.raises(UserError, match="your own account"):
            desk.do(commands.set_aside, SetAside(found.item_ids, "Mine"))

    def test_a_restricted_account_is_nobodys_but_its_readers(self, desk, colleague, home):
        found = read(desk, samples.arudd(samples.returned()))

        def restrict(ctx):
            record = RestrictedRecord(subject=Subject.ACCOUNT, subject_id=home[0], reason="Test")
            record.restricted_by, record.restricted_at = ctx.officer.id, ctx.clock.now()
            ctx.session.add(record)
            ctx.session.flush()
            ctx.session.add(RestrictedReader(restricted_id=record.id, officer_id=ctx.officer.id))

        desk.do(restrict)
        again = Desk.sit_down(desk.database, "colleague", desk.clock)
        assert listed(again) == ()
        assert again.do(commands.apply).left[0].why == "It is on an account that you may not work on."
        assert [row.payer for row in listed(desk)] == ["Restricted"]
        with pytest.raises(UserError, match="no such item"):
            again.ask(queries.detail, found.item_ids[0])


def test_reading_and_listing_take_few_statements_however_many_items(desk, home, query_log):
    """Each item adds its own row and its line in the audit, and nothing else."""

    def statements(number, items):
        content = samples.arudd("".join(samples.returned(f"X {n}", payer=NOBODY) for n in range(items)), number=number)
        query_log.clear()
        read(desk, content)
        return len([each for each in query_log if not each.startswith("INSERT")])

    assert statements("011", 30) <= statements("012", 3) + 2
    query_log.clear()
    assert len(listed(desk, Shown.UNMATCHED)) == 33
    assert len(query_log) <= 8


def test_the_home_page_says_what_waits(desk, home):
    from app.services.home.debits import returned

    assert desk.ask(returned) == ()
    read(desk, samples.arudd(samples.returned() + samples.returned("X", payer=NOBODY)))
    lines = [(each.title, each.words) for each in desk.ask(returned)]
    assert lines == [
        ("What came back, to apply", "1, since 21 Nov 2026"),
        ("What came back, without a mandate", "1, since 21 Nov 2026"),
    ]


class TestReopened:
    """What was set aside by mistake can be done after all; the money that came back would be on the account otherwise."""

    def aside(self, desk, content):
        (row,) = listed(desk, Shown.TO_DO) if read(desk, content).item_ids else listed(desk, Shown.UNMATCHED)
        desk.do(commands.set_aside, SetAside((row.item_id,), "Thought to be another council's"))
        return row.item_id

    def test_a_return_is_applied_then(self, desk, home):
        item_id = self.aside(desk, arudd())
        before = balance(desk, home[0])

        told = desk.do(commands.reopen, Reopen((item_id,), "It is ours after all")).told
        done = desk.do(commands.apply, [item_id])

        assert told == "1 item is brought back."
        assert (done.count, balance(desk, home[0])) == (1, before + 65_00)

    def test_one_without_a_mandate_is_looked_at_again(self, desk, home):
        item_id = self.aside(desk, samples.addacs(samples.advice("X 1", payer_account_number="")))

        desk.do(commands.reopen, Reopen((item_id,), "Found the letter"))

        (row,) = listed(desk, Shown.UNMATCHED)
        assert row.outcome == "No mandate is known for it. Brought back: Found the letter"

    def test_a_return_whose_collection_came_back_meanwhile_isnt_applied_again(self, desk, home):
        item_id = self.aside(desk, arudd())
        again = samples.arudd(samples.returned(), number="008")
        desk.do(commands.apply, read(desk, again).item_ids)

        desk.do(commands.reopen, Reopen((item_id,), "It is ours after all"))

        assert "was returned already" in item(desk, item_id).outcome
        assert desk.do(commands.apply, [item_id]).count == 0

    def test_what_was_in_a_journal_stays_as_it_is(self, desk, home):
        found = read(desk, arudd())
        desk.do(commands.apply, found.item_ids)
        desk.do(commands.take_back, TakeBack(found.item_ids[0], "Another council's payer"))

        with pytest.raises(UserError, match="was applied and taken back"):
            desk.do(commands.reopen, Reopen(found.item_ids, "It is ours after all"))

    def test_only_what_is_set_aside_and_with_a_reason(self, desk, home):
        found = read(desk, arudd())
        with pytest.raises(UserError, match="Only what is set aside"):
            desk.do(commands.reopen, Reopen(found.item_ids, "It is ours after all"))
        with pytest.raises(UserError, match="Say why"):
            desk.do(commands.reopen, Reopen(found.item_ids, ""))
