"""What the bank reinstates beside another mandate of the same account."""

from app.models.direct_debits.mandates import Mandate
from app.models.values import ToldBy
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.returns import commands
from app.services.direct_debits.returns.dto import Shown
from tests.factories import debits
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import listed, read, state


def test_it_is_said_that_it_stays_suspended(desk):
    def make(ctx):
        let = debits.lettings.letting(ctx, reference="70 0001")
        first = debits.mandate(ctx, let)
        keeping.cancel(ctx, first, "", ToldBy.BANK, send=False)
        debits.mandate(ctx, let, "RENT 00000002", debits.NEW)
        return first.id, first.reference

    mandate_id, reference = desk.do(make)
    found = read(desk, samples.addacs(samples.advice(reference, "R")))
    desk.do(commands.apply, found.item_ids)
    (row,) = listed(desk, Shown.APPLIED)
    assert row.outcome.startswith("The mandate stands again; nothing is sent. It is suspended: another pays")
    assert state(desk, mandate_id) == "suspended"
    assert desk.ask(lambda ctx: ctx.session.get_one(Mandate, mandate_id).state_why)
