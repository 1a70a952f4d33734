"""What an ending is refused for: two officers at once, a declared account, no permission, keys that aren't back."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from app.models.access import DeclaredAccount
from app.models.diary import Task
from app.models.endings import Ending
from app.models.tenancies import Tenancy
from app.models.values import EndReason, Relation
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.ledger import checks
from app.services.tenancies.endings import commands, queries
from app.services.tenancies.endings.dto import Finish, NoteEnding, TakeBack
from tests.factories import lettings
from tests.services.tenancies.endings.test_ending import LATE, noted, scalars


def test_an_officer_cant_end_a_tenancy_without_the_permission(desk, home):
    desk.do(add, NewOfficer("auditor", "Test Auditor", frozenset({Role.AUDITOR})))
    with pytest.raises(UserError, match="may not"):
        Desk.sit_down(desk.database, "auditor", desk.clock).do(commands.save, noted(home))


def test_a_last_day_that_was_loaded_may_be_noted_over(desk, home):
    desk.do(lambda ctx: setattr(ctx.session.get(Tenancy, home[0].tenancy.id), "end_on", date(2026, 11, 29)))
    wanted = NoteEnding(home[0].tenancy.id, EndReason.SURRENDER, agreed_on=date(2026, 11, 22))
    saved = desk.do(commands.save, wanted)
    assert saved.ends_on == date(2026, 11, 22)
    desk.do(lambda ctx: setattr(ctx.session.get(Tenancy, home[1].tenancy.id), "end_on", date(2026, 11, 15)))
    with pytest.raises(UserError, match="ended on 15 Nov 2026 already"):
        desk.do(commands.save, NoteEnding(home[1].tenancy.id, EndReason.SURRENDER, agreed_on=date(2026, 11, 22)))


def test_of_two_officers_at_once_one_ends_it_and_the_other_is_told(desk, home):
    start, outcomes = threading.Barrier(2), []

    def end():
        start.wait()
        try:
            outcomes.append(desk.do(commands.save, noted(home, keys_on=LATE, finish=Finish())))
        except UserError as error:
            outcomes.append(error)

    both = [threading.Thread(target=end) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    (told,) = [each for each in outcomes if isinstance(each, UserError)]
    assert "noted meanwhile" in str(told)
    assert len(scalars(desk, select(Ending))) == 1
    assert desk.ask(checks.check) == ()


def test_nobody_ends_a_tenancy_that_they_declared(desk, home):
    declared = {"relation": Relation.RELATIVE, "from_on": date(2026, 1, 1), "declared_by": 1}
    desk.do(lambda ctx: ctx.session.add(DeclaredAccount(officer_id=1, account_id=home[0].account.id, **declared)))
    with pytest.raises(UserError, match="relative's account"):
        desk.do(commands.save, noted(home))


def test_keys_that_arent_back_stop_the_finish_unless_somebody_says_why(desk, home):
    with pytest.raises(UserError, match="keys aren't back") as refused:
        desk.do(commands.save, noted(home, finish=Finish()))
    assert refused.value.field == "keys_on"
    done = desk.do(commands.save, noted(home, excused="Lock changed on 9 November", finish=Finish()))
    assert done.ends_on == date(2026, 11, 8)


def test_a_transfer_waits_for_no_keys(desk, home):
    wanted = NoteEnding(home[0].tenancy.id, EndReason.TRANSFER, agreed_on=date(2026, 11, 22))
    desk.do(commands.save, wanted)
    assert scalars(desk, select(Ending.keys_due_at)) == [None]
    assert scalars(desk, select(Task.kind).where(Task.state == "open")) == ["ending_finish"]


def test_a_notice_isnt_withdrawn_once_the_home_is_let_from_the_day_after(desk, home):
    done = desk.do(commands.save, NoteEnding(home[0].tenancy.id, EndReason.SURRENDER, agreed_on=date(2026, 12, 6)))
    following = {"prop": home[0].property, "who": ("Kim", "Next"), "start_on": date(2026, 12, 7)}
    desk.do(lambda ctx: lettings.letting(ctx, **following))
    wanted = TakeBack(done.ending_id, done.version, "They changed their minds")
    for refused in (lambda: desk.ask(queries.preview_back, wanted), lambda: desk.do(commands.take_back, wanted)):
        with pytest.raises(UserError, match="let again from 7 Dec 2026"):
            refused()
    assert scalars(desk, select(Ending.state)) == ["notice"]


@pytest.mark.parametrize("more", [{"agreed_on": date.max}, {"agreed_on": date.min}, {"left_on": date(2036, 11, 1)}])
def test_a_day_that_cannot_be_is_told_beside_its_field(desk, home, more):
    wanted = NoteEnding(home[0].tenancy.id, EndReason.TENANT_NOTICE, notice_on=date(2026, 10, 26), excused="x", **more)
    with pytest.raises(UserError) as refused:
        desk.do(commands.save, wanted)
    assert {each.field for each in refused.value.errors} == set(more)
