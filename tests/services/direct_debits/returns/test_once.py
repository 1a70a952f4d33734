"""What is applied is applied once: whoever, however often, stopped on the way, taken back, and held against the ledger."""

import threading
from datetime import date

import pytest

from app.models.direct_debits.reports import BankReportItem
from app.models.direct_debits.schedules import Collection
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken
from app.services.direct_debits.returns import commands, queries, reconciling
from app.services.direct_debits.returns.dto import Shown, TakeBack
from app.services.ledger import reversing
from tests.factories import debits
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import (
    arudd,
    balance,
    carried_out,
    collections,
    letters,
    listed,
    read,
    titles,
)


class TestOnce:
    def test_the_same_report_again_does_nothing(self, desk, home):
        carried_out(desk, arudd())
        after = balance(desk, home[0])
        again = read(desk, samples.arudd(samples.returned(), signature="T1RIRVI="), "again.xml")
        assert (again.before, again.item_ids) == ("read on 21 Nov 2026 by Test Officer", ())
        assert again.told == (
            "again.xml: ARUDD: unpaid Direct Debits was read on 21 Nov 2026 by Test Officer; nothing is done again."
        )
        assert balance(desk, home[0]) == after

    def test_a_spoilt_file_is_no_hindrance_to_the_good_one(self, desk, home):
        """New details with a letter among the digits aren't read; the report fetched again has them."""
        read(desk, samples.addacs(samples.moved(number="8883749O")))
        again = read(desk, samples.addacs(samples.moved()))
        assert (again.before, len(again.item_ids)) == ("", 1)
        assert read(desk, samples.addacs(samples.moved(), signature="T1RIRVI=")).before

    def test_an_item_is_applied_once(self, desk, home):
        found = read(desk, arudd())
        desk.do(commands.apply, found.item_ids)
        again = desk.do(commands.apply, found.item_ids)
        assert (again.count, again.left[0].why) == (0, "It was applied already.")

    def test_a_collection_that_came_back_already_is_told(self, desk, home):
        carried_out(desk, arudd())
        other = read(desk, samples.arudd(samples.returned(), number="008"))
        assert (other.matched, other.unmatched) == (0, 1)
        (row,) = listed(desk, Shown.UNMATCHED)
        assert row.outcome == "The collection of £65.00 due 18 Nov 2026 was returned already on 19 Nov 2026."

    def test_one_that_is_told_twice_in_a_report_matches_once(self, desk, home):
        found = read(desk, samples.arudd(samples.returned(), samples.returned()))
        assert (found.matched, found.unmatched) == (1, 1)

    def test_a_collection_that_isnt_posted_yet_waits(self, desk, home):
        desk.do(lambda ctx: setattr(ctx.session.get_one(Collection, home[2]), "state", "in_run"))
        done = carried_out(desk, arudd())
        assert (done.count, done.left[0].why) == (0, "Its collection of 18 Nov 2026 isn't on the accounts yet.")
        assert len(listed(desk)) == 1

    def test_one_that_cant_be_applied_stops_no_other(self, desk, home):
        """Two come back; the collection of the second isn't posted: the first is reversed, the second left with its reason."""
        other = desk.do(debits.home, "RENT 2", debits.NEW, 20_00, "70000150")
        desk.do(lambda ctx: setattr(ctx.session.get_one(Collection, other[2]), "state", "in_run"))
        report = samples.arudd(samples.returned() + samples.returned("RENT 2", pounds="20.00"))
        done = carried_out(desk, report)
        assert (done.count, str(done.reversed_), len(done.left)) == (1, "£65.00", 1)


def test_taken_back_the_payment_stands_again(desk, home):
    account_id, mandate_id, _ = home
    before = balance(desk, account_id)
    found = read(desk, arudd())
    desk.do(commands.apply, found.item_ids)
    desk.do(commands.take_back, TakeBack(found.item_ids[0], "Another council's payer"))
    assert balance(desk, account_id) == before
    assert [each.state for each in collections(desk, mandate_id)] == ["posted", "dropped"]
    assert [row.outcome.endswith("Another council's payer") for row in listed(desk, Shown.ASIDE)] == [True]


def test_the_journal_of_returns_is_not_reversed_by_itself_and_the_check_holds_it_against_the_items(desk, home):
    found = read(desk, arudd())
    (journal,) = desk.do(commands.apply).journals
    with pytest.raises(UserError, match="is of a Direct Debit that came back") as refused:
        desk.ask(reversing.refuse_made, journal)
    assert refused.value.hint == "Take that back where it was made, on the page Direct Debits."
    assert desk.ask(lambda ctx: list(reconciling.check(ctx))) == []

    def spoil(ctx):
        ctx.session.get_one(Collection, home[2]).state = "posted"
        ctx.session.get_one(BankReportItem, found.item_ids[0]).pence = 64_00

    desk.do(spoil)
    assert desk.ask(lambda ctx: list(reconciling.check(ctx))) == [
        f"Returned Direct Debits of £64.00 are in journal {journal}, which has £65.00.",
        "Item 1 of the bank's reports is applied, but its collection is posted.",
    ]


def test_a_month_reconciles_to_the_accounts_and_the_control_account(desk, home):
    read(desk, arudd())
    month = date(2026, 11, 1)
    waits = desk.ask(queries.reconciliation, month)
    assert (waits.waiting, str(waits.posted), waits.faults) == (
        (1, waits.reported[1]),
        "£0.00",
        (),
    )
    desk.do(commands.apply)
    done = desk.ask(queries.reconciliation, month)
    assert (str(done.applied[1]), str(done.posted), str(done.control), done.faults) == (
        "£65.00",
        "£65.00",
        "£65.00",
        (),
    )


def test_a_month_still_reconciles_once_one_of_two_was_taken_back(desk, home):
    desk.do(lambda ctx: debits.home(ctx, "RENT 2", debits.NEW, payment_reference="70000158"))
    found = read(desk, samples.arudd(samples.returned() + samples.returned("RENT 2")))
    desk.do(commands.apply)
    desk.do(commands.take_back, TakeBack(found.item_ids[0], "Another council's payer"))

    month = desk.ask(queries.reconciliation, date(2026, 11, 1))

    assert (str(month.posted), str(month.control), month.faults) == ("£65.00", "£65.00", ())
    assert desk.ask(lambda ctx: list(reconciling.check(ctx))) == []


def test_stopped_on_the_way_nothing_is_done(desk, home):
    """Two come back; the officer cancels after the first: neither is reversed, and both can be applied again."""
    desk.do(debits.home, "RENT 2", debits.NEW, 20_00, "70000150")
    found = read(desk, samples.arudd(samples.returned() + samples.returned("RENT 2", pounds="20.00")))
    before = balance(desk, home[0])
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        desk.run(commands.apply, lambda *_: cancel.cancel(), cancel, found.item_ids)
    assert balance(desk, home[0]) == before
    assert len(listed(desk)) == 2
    assert titles(desk) == letters(desk) == []
    assert str(desk.do(commands.apply, found.item_ids).reversed_) == "£85.00"


def test_two_desks_at_once_reverse_it_once(desk, colleague, home):
    """Both hand in the same report and apply all, at the same moment: the account owes £65.00 more, not £130.00."""
    before = balance(desk, home[0])
    content = arudd()
    done = []

    def work(at):
        read(at, content)
        done.append(at.do(commands.apply).count)

    threads = [threading.Thread(target=work, args=(at,)) for at in (desk, colleague)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(done) == [0, 1]
    assert balance(desk, home[0]) == before + 65_00
    assert len(desk.ask(queries.reports)) == 1
