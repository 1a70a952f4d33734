"""Drafts are kept sealed, by officer, form and record, and opened at any desk that has the key."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text, update

from app.models.audit import AuditEntry
from app.models.drafts import Draft as Row
from app.models.values import Subject
from app.services.core import keys
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.moments import database_moment
from app.services.core.session import Desk
from app.services.workbench.drafts import store
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed
from tests.factories import lettings

KEY = DraftKey("contacts", Subject.PERSON, 7)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CARD = "4111 1111 1111 1111"


def draft(key=KEY, at=NOON, version=3, **fields):
    typed = Typed({"phone": "0191 498 0", "tick": True, "picked": ["1", "A", "B"]} | fields, {"phone": "0191"}, version)
    return Draft(key, "Contact details, Mx Maria Testerton", at, typed)


def test_a_draft_comes_back_as_it_was_typed(desk):
    desk.do(store.keep, draft())
    assert desk.ask(store.find, KEY) == draft()


def test_the_last_of_a_form_and_record_is_kept(desk):
    desk.do(store.keep, draft())
    desk.do(store.keep, draft(phone="0191 498 0000"))
    desk.do(store.keep, draft(replace(KEY, subject_id=8)))
    assert desk.ask(store.find, KEY).typed.fields["phone"] == "0191 498 0000"
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Row))) == 2
    desk.do(store.discard, KEY)
    assert desk.ask(store.find, KEY) is None
    assert len(desk.ask(store.mine)) == 1


def test_nothing_of_it_can_be_read_in_the_database(desk, database_file):
    desk.do(store.keep, draft(phone="unmistakable words"))
    desk.database.close()
    assert b"unmistakable" not in database_file.read_bytes()
    assert b"Testerton" not in database_file.read_bytes()


def test_an_officer_sees_their_own_only(desk, colleague):
    desk.do(store.keep, draft())
    assert colleague.ask(store.find, KEY) is None
    assert colleague.ask(store.mine) == ()


def test_it_follows_the_officer_to_another_desk_that_has_the_key(desk, clock):
    desk.do(store.keep, draft())
    elsewhere = Desk.sit_down(desk.database, "officer", clock)
    keys.forget()
    assert elsewhere.ask(store.find, KEY) == draft()


def test_a_desk_without_the_key_says_so_and_lists_it(desk, tmp_path):
    desk.do(store.keep, draft())
    keys.forget()
    for path in (tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys").iterdir():
        path.unlink()
    with pytest.raises(UserError, match="isn't kept at this desk"):
        desk.ask(store.find, KEY)
    assert [(each.key, each.typed) for each in desk.ask(store.mine)] == [(KEY, None)]


def test_another_draft_put_in_its_place_is_noticed(desk):
    desk.do(store.keep, draft())
    desk.do(store.keep, draft(replace(KEY, subject_id=8)))
    swap = "UPDATE draft SET sealed = (SELECT sealed FROM draft WHERE subject_id = 8) WHERE subject_id = 7"
    desk.do(lambda ctx: ctx.session.execute(text(swap)))
    with pytest.raises(UserError, match="altered"):
        desk.ask(store.find, KEY)


def test_a_card_number_is_dotted_out_and_a_payment_reference_is_not(desk):
    def let(ctx):
        lettings.letting(ctx, reference="4000 0000 0000 0002")

    desk.do(let)
    desk.do(store.keep, draft(note=f"Card {CARD}, paid for 4000 0000 0000 0002"))
    note = desk.ask(store.find, KEY).typed.fields["note"]
    assert note == "Card •••• •••• •••• ••••, paid for 4000 0000 0000 0002"
    desk.do(store.keep, draft(lines=[{"payer": CARD, "tick": True}]))
    assert desk.ask(store.find, KEY).typed.fields["lines"] == [{"payer": "•••• •••• •••• ••••", "tick": True}]


def grow_old(desk, subject_id, by):
    """Say in the database that a draft was kept so long ago."""

    def earlier(ctx):
        at = database_moment(ctx.session) - by
        ctx.session.execute(update(Row).where(Row.subject_id == subject_id).values(saved_at=at))

    desk.do(earlier)


def test_after_thirty_days_it_is_gone(desk):
    for subject_id in (7, 8):
        desk.do(store.keep, draft(replace(KEY, subject_id=subject_id)))
    grow_old(desk, 7, timedelta(days=30, seconds=1))
    grow_old(desk, 8, timedelta(days=29, hours=23))
    desk.do(store.purge)
    assert [each.key.subject_id for each in desk.ask(store.mine)] == [8]


def test_a_desk_whose_clock_is_years_ahead_or_behind_throws_nobodys_drafts_away(desk):
    desk.do(store.keep, draft())
    for day in (date(2036, 1, 1), date(2016, 1, 1)):
        wrong = Desk(desk.database, desk.officer, FixedClock(day))
        wrong.do(store.purge)
        wrong.do(store.keep, draft(replace(KEY, subject_id=day.year), at=wrong.clock.now()))
    desk.do(store.purge)
    assert {each.key.subject_id for each in desk.ask(store.mine)} == {7, 2016, 2036}


def test_drafts_leave_no_trace_in_the_audit(desk):
    before = desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(AuditEntry)))
    desk.do(store.keep, draft())
    desk.do(store.discard, KEY)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(AuditEntry))) == before
