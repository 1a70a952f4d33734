"""What doesn't agree is named by `rentbook check`: a file that is short, a collection that was not posted, one sent twice."""

from sqlalchemy import insert, select, update

from app.models.bacs import PaymentFile
from app.models.direct_debits.runs import DebitRun, DebitRunLine
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, DebitRunState
from app.services.direct_debits.runs import commands
from app.services.ledger import checks
from tests.factories import approving
from tests.services.direct_debits.runs.conftest import ENTRY, matched, on


def test_each_difference_is_named(desk, colleague, three):
    run_id = matched(desk, colleague)
    later = on(desk, ENTRY)
    later.do(commands.post, ENTRY)
    assert later.ask(checks.check) == ()

    def spoil(ctx):
        ctx.session.execute(update(PaymentFile).values(pence=179_00))
        ctx.session.execute(update(Collection).where(Collection.id == three[0]).values(state=CollectionState.PLANNED))
        rows = ctx.session.execute(select(DebitRun.__table__)).mappings().one()
        other = dict(rows) | {"id": 9, "number": 3, "entry_key": "other", "state": "waiting", "payment_file_id": None}
        ctx.session.execute(insert(DebitRun.__table__).values(other | {"request_id": None, "approved_by": None}))
        approving.counts(ctx, "direct_debit_run", ctx.session.get_one(DebitRun, 9), DebitRunState.MADE)
        line = ctx.session.execute(select(DebitRunLine.__table__).where(DebitRunLine.place == 1)).mappings().one()
        ctx.session.execute(insert(DebitRunLine.__table__).values(dict(line) | {"run_id": 9}))

    desk.do(spoil)
    told = [fault.message for fault in later.ask(checks.check) if fault.check == "direct debits"]
    assert told == [
        "Direct Debit run 2 is missing: the next that is found is 3.",
        "Direct Debit run 1, Bacs file 1: 3 of £179.00; 3 of £180.00 were asked for.",
        "Direct Debit run 1, Collections posted: 2 of £130.00; 3 of £180.00 were taken.",
        "Direct Debit run 3, Its lines: 1 of £60.00; 3 of £180.00 were asked for.",
        "Collection 2 is in 2 Direct Debit runs.",
    ]
    assert run_id == 1
