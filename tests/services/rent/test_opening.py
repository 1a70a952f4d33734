"""Which account is shown for a person, a property or a tenancy."""

from datetime import date

from app.models.values import AccountKind, Subject
from app.services.rent.opening import account_of
from tests.factories import lettings


def test_a_person_is_shown_by_the_home_they_live_in_now(desk):
    def let(ctx):
        home = lettings.dwelling(ctx)
        who = lettings.person(ctx)
        before = lettings.tenancy(ctx, lettings.dwelling(ctx), [who], end_on=date(2026, 5, 3))
        lettings.account(ctx, before)
        now = lettings.tenancy(ctx, home, [who])
        lettings.account(ctx, now, AccountKind.RECHARGE)
        rent = lettings.account(ctx, now)
        return who.id, home.id, now.id, rent.id

    person, home, tenancy, rent = desk.do(let)
    shown = {
        subject: desk.ask(account_of, subject, number)
        for subject, number in (
            (Subject.PERSON, person),
            (Subject.PROPERTY, home),
            (Subject.TENANCY, tenancy),
            (Subject.ACCOUNT, rent),
        )
    }
    assert set(shown.values()) == {rent}


def test_what_has_no_account_shows_none(desk):
    home = desk.do(lambda ctx: lettings.dwelling(ctx).id)
    assert desk.ask(account_of, Subject.PROPERTY, home) is None
    assert desk.ask(account_of, Subject.PERSON, 99) is None
    assert desk.ask(account_of, Subject.POLICY, 1) is None
