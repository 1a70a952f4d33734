"""Notice given beside a colleague, and of a mandate that pays an account which isn't the officer's to work on."""

from datetime import date

import pytest

from app.models.access import DeclaredAccount
from app.models.direct_debits.mandates import MandateAccount
from app.models.direct_debits.schedules import DebitNotice
from app.models.letters import Outgoing
from app.models.values import NoticeKind, Relation
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.direct_debits.notices import commands, keeping, reading
from app.services.direct_debits.notices.dto import GiveNotice, ToldByPhone
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.direct_debits.notices.conftest import mandate, schedule


@prepared
def told(desk, office):
    """A mandate with three collections, which pays a garage of the officer's own too."""

    def make(ctx):
        made, garage = lettings.letting(ctx), lettings.letting(ctx)
        of = mandate(ctx, made.account, made.person)
        schedule(ctx, of)
        ctx.session.add(MandateAccount(mandate_id=of.id, account_id=garage.account.id))
        ctx.session.flush()
        return of.id, garage.account.id

    return desk.do(make)


def declare(ctx, account_id):
    me = ctx.officer.id
    own = {"account_id": account_id, "relation": Relation.OWN, "from_on": date(2026, 1, 1)}
    ctx.session.add(DeclaredAccount(officer_id=me, declared_by=me, **own))


def test_a_mandate_that_pays_an_own_account_too_is_left_for_a_colleague(desk, told):
    mandate_id, garage_id = told
    desk.do(declare, garage_id)
    done = desk.do(commands.give, GiveNotice())
    assert (done.letters, done.emails, done.tasks) == (0, 0, 1)
    with pytest.raises(UserError, match="your own"):
        desk.do(commands.tell_by_phone, ToldByPhone(mandate_id, "Told them on the telephone", agreed=True))


def test_what_was_told_from_another_desk_meanwhile_is_not_told_twice(desk, told):
    mandate_id, _ = told
    read = desk.ask(lambda ctx: reading.collections(ctx, [mandate_id]))[mandate_id, False]
    desk.do(commands.give, GiveNotice())

    def late(ctx):
        notice = keeping.add(ctx, read, NoticeKind.FIRST, 10)
        ctx.session.flush()
        keeping.mark(ctx, ((notice, read, ctx.clock.today()),))

    with pytest.raises(ChangedMeanwhile, match="gave notice of it"):
        desk.do(late)
    kept = desk.ask(lambda ctx: [ctx.session.query(each).count() for each in (DebitNotice, Outgoing)])
    assert kept == [1, 1]
