"""The confirmation of a new mandate names its collections, so it is their advance notice."""

from sqlalchemy import select

from app.models.direct_debits.schedules import Collection
from app.models.letters import Outgoing
from app.models.people import Person
from app.models.values import Frequency, LeftOut, Money, NoticeKind, PreferredContact
from app.services.direct_debits import setting_up
from app.services.direct_debits.notices import queries
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.setting_up import SetUp
from app.services.exports.statement.dto import long_date
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


def test_by_e_mail_too_each_collection_that_counts_as_told_stands_in_the_words(desk, office):
    home = desk.do(lettings.letting, "100.00")

    def by_email(ctx):
        person = ctx.session.get_one(Person, home.person.id)
        person.preferred_contact, person.email = PreferredContact.EMAIL, "alex@tenant.example"

    desk.do(by_email)
    asked = SetUp(new(home.account, person_id=home.person.id, confirm=True), Terms(Frequency.MONTHLY, 1, TODAY))
    saved = desk.do(setting_up.set_up, asked)

    def told(ctx):
        rows = ctx.session.scalars(select(Collection).where(Collection.noticed_on.is_not(None)))
        letter = ctx.session.get_one(Outgoing, saved.outgoing_id)
        return letter.channel, letter.body, [(each.noticed_due_on, each.noticed_pence) for each in rows]

    channel, body, noticed = desk.ask(told)
    assert channel == "email"
    assert len(noticed) == 3
    for due_on, pence in noticed:
        assert f"{long_date(due_on)} | {Money(pence)}" in body
