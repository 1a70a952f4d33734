"""The confirmation of a new mandate names its collections, so it is their advance notice."""

from sqlalchemy import select

from app.models.direct_debits.schedules import Collection
from app.models.letters import Outgoing
from app.models.values import Frequency, LeftOut, NoticeKind
from app.services.direct_debits import setting_up
from app.services.direct_debits.notices import queries
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.setting_up import SetUp
from app.services.letters.commands import queue
from tests.conftest import TODAY
from tests.factories import lettings
from tests.services.direct_debits.mandates.conftest import new


def test_who_gets_the_confirmation_needs_no_second_letter(desk, office):
    home = desk.do(lettings.letting, "100.00")
    asked = SetUp(new(home.account, person_id=home.person.id, confirm=True), Terms(Frequency.MONTHLY, 1, TODAY))
    saved = desk.do(setting_up.set_up, asked)
    assert desk.ask(queries.needed) == ()
    (row,) = desk.ask(queries.of_mandate, saved.mandate_id)
    assert (row.kind, row.count, row.state, row.outgoing_id) == (NoticeKind.FIRST, 3, "Queued", saved.outgoing_id)

    ids = desk.ask(lambda ctx: list(ctx.session.scalars(select(Collection.id))))
    assert set(desk.ask(queries.unfit, ids).values()) == {LeftOut.NO_NOTICE}
    desk.do(queue.mark_printed, [saved.outgoing_id])
    assert desk.ask(queries.unfit, ids) == {}


def test_a_confirmation_that_is_called_off_told_nobody(desk, office):
    home = desk.do(lettings.letting, "100.00")
    asked = SetUp(new(home.account, person_id=home.person.id, confirm=True), Terms(Frequency.MONTHLY, 1, TODAY))
    saved = desk.do(setting_up.set_up, asked)
    desk.do(queue.cancel, [desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing.id)).one())], "Wrong name")
    (need,) = desk.ask(queries.needed)
    assert (need.mandate_id, need.kind, need.count) == (saved.mandate_id, NoticeKind.FIRST, 3)
