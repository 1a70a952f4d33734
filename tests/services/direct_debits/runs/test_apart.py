"""What one run, one day or one line does is kept apart from the others: posting, first collections, and taking back."""

from datetime import date

import pytest
from sqlalchemy import select, update

from app.models.diary import Task
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import CollectionShare
from app.models.ledger import Journal
from app.services.adjustments import queries as adjustments
from app.services.bacs.rules import destination
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.runs import commands, daily, queries
from app.services.ledger import commands as ledger
from app.services.ledger import posting
from tests.factories import debits
from tests.services.direct_debits.runs.conftest import ENTRY, LODGE, due, home, made, matched, on, preview, run, states

NEXT = date(2026, 11, 26)


def two_days(ctx):
    """Collections of £50.00 on Wednesday 25 November and £60.00 on the day after."""
    first, second = home(ctx, 1)[1], home(ctx, 2)[1]
    return [due(ctx, first, 50_00, ENTRY).id, due(ctx, second, 60_00, NEXT).id]


def open_tasks(desk):
    rows = select(Task.title).where(Task.state == "open").order_by(Task.id)
    return [each for each in desk.ask(lambda ctx: ctx.session.scalars(rows).all()) if "Post" in each]


def test_a_run_that_fails_is_set_aside_and_the_others_are_posted(desk, colleague, council):
    ids = desk.do(two_days)
    run_id = matched(desk, colleague, days=2)

    def spoil(ctx):
        ctx.session.execute(update(CollectionShare).where(CollectionShare.collection_id == ids[0]).values(pence=49_00))

    desk.do(spoil)
    later = on(desk, NEXT)
    done = later.do(commands.post, NEXT)
    assert [each.entry_on for each in done.days] == [NEXT]
    assert states(desk, ids) == ["in_run", "posted"]
    (failed,) = done.failed
    assert failed.startswith("Run 1 of ")
    assert "isn't posted: " in failed
    assert failed in done.told
    assert run(desk, run_id).state == "matched"
    numbers = later.ask(lambda ctx: list(ctx.session.scalars(select(Journal.number).order_by(Journal.number))))
    assert numbers == list(range(1, len(numbers) + 1))


def test_each_day_of_a_run_has_its_task(desk, colleague, council):
    desk.do(two_days)
    matched(desk, colleague, days=2)
    first = on(desk, ENTRY)
    first.do(daily.each_day)
    first.do(daily.each_day)
    assert len(open_tasks(desk)) == 1
    first.do(commands.post, ENTRY)
    assert open_tasks(desk) == []
    on(desk, NEXT).do(daily.each_day)
    assert len(open_tasks(desk)) == 1


def test_what_a_run_posted_isnt_taken_back_beside_it(desk, colleague, three):
    run_id = matched(desk, colleague)
    later = on(desk, ENTRY)
    journal = later.do(commands.post, ENTRY).days[0].journal
    with pytest.raises(UserError, match=f"Journal {journal} is of Direct Debit run 1"):
        later.do(ledger.reverse, journal, "By mistake", "once")
    form = later.ask(adjustments.fix_form, journal, 1)
    assert form.offers == ()
    assert (
        form.shut
        == "Direct Debit: it is of Direct Debit run 1, taken back where it was made, on the page Direct Debits."
    )
    later.do(lambda ctx: posting.append_reversal(ctx, journal, "Beside the area", "beside"))
    assert later.ask(queries.reconciled, run_id).faults == (f"Direct Debit run 1: its journal {journal} was reversed.",)


def test_the_first_at_a_new_bank_is_first_though_an_older_one_was_posted_since(desk, colleague, council):
    def make(ctx):
        mandate = home(ctx, 1, first_collected_on=None)[1]
        due(ctx, mandate, 50_00, ENTRY)
        return mandate.id

    mandate_id = desk.do(make)
    matched(desk, colleague)
    desk.do(lambda ctx: mandates.transfer(ctx, ctx.session.get_one(Mandate, mandate_id), destination(*debits.NEW), "M"))
    lodged = made(desk, colleague, kind=LODGE, key="lodge")
    desk.do(commands.mark_sent, lodged, "L1")
    desk.do(lambda ctx: due(ctx, ctx.session.get_one(Mandate, mandate_id), 50_00, date(2026, 12, 8)).id)

    def codes():
        return [each.code.value for each in preview(on(desk, date(2026, 12, 4)), processing_on=date(2026, 12, 7)).lines]

    assert codes() == ["01"]
    on(desk, ENTRY).do(commands.post, ENTRY)
    assert codes() == ["01"]
    first = lambda ctx: ctx.session.get_one(Mandate, mandate_id).first_collected_on  # noqa: E731
    assert desk.ask(first) is None
