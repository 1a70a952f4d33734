"""Several mandates that pay one account: what one of them collects isn't collected by another."""

from datetime import date

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import CollectionKind, CollectionState, MandateState, Money, PartKind
from app.services.direct_debits.schedules import keeping, queries
from app.services.direct_debits.schedules.dto import Scope
from app.services.direct_debits.schedules.recalculating import rehearse
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.direct_debits.schedules.conftest import MONTHLY, home, mandate


@prepared
def made(charged):
    """A home whose mandate collects 475.00 on the 15ths of December to March (1,900.00)."""
    return charged.do(home)


@prepared
def first(charged, made):
    return charged.do(set_up, made.account)


def set_up(ctx, *accounts):
    row = mandate(ctx, *accounts)
    keeping.make(ctx, row, MONTHLY, "Set up")
    return row.id


def change(desk, mandate_id, **columns):
    """The first collection of a mandate becomes another."""

    def write(ctx):
        row = ctx.session.query(Collection).filter_by(mandate_id=mandate_id).order_by(Collection.due_on).first()
        for name, value in columns.items():
            setattr(row, name, value)

    desk.do(write)


def end(ctx, mandate_id):
    ctx.session.get_one(Mandate, mandate_id).state = MandateState.CANCELLED
    keeping.drop(ctx, mandate_id)


def schedule(desk, mandate_id):
    return desk.ask(queries.of_mandate, mandate_id).schedule


def test_what_a_cancelled_mandate_has_in_a_run_comes_off_the_one_after_it(charged, made, first):
    """475.00 goes on 15 December by the old one: 1,425.00 is left, over the four dates of the new one 356.25."""
    change(charged, first, state=CollectionState.IN_RUN)
    charged.do(end, first)
    preview = charged.ask(queries.preview, [made.account.id], MONTHLY)
    found = schedule(charged, charged.do(set_up, made.account))
    assert (preview.usual, found.usual) == (Money(356_25), Money(356_25))
    (part,) = [each for each in found.parts if each.kind is PartKind.TAKEN]
    assert part.words == "Collected by mandate SAMPLE0001: 1 collection, 15 Dec 2026"


def test_of_two_that_collect_the_earlier_goes_on_and_the_later_has_nothing_left(charged, made, first):
    second = charged.do(set_up, made.account)
    assert (schedule(charged, first).usual, schedule(charged, second).count) == (Money(475_00), 0)
    (part,) = [each for each in schedule(charged, second).parts if each.kind is PartKind.TAKEN]
    assert part.words == "Collected by mandate SAMPLE0001: 4 collections, 15 Dec 2026 to 15 Mar 2027"
    assert charged.ask(rehearse, Scope()).differences == ()


def test_what_the_later_presents_again_comes_off_the_earlier(charged, made, first):
    """475.00 that the second presents again: 1,425.00 is left for the first, over four 356.25."""
    second = charged.do(set_up, made.account)
    charged.do(
        lambda ctx: ctx.session.add(
            Collection(
                mandate_id=second,
                kind=CollectionKind.AGAIN,
                state=CollectionState.PLANNED,
                planned_on=date(2026, 12, 4),
                due_on=date(2026, 12, 4),
                pence=475_00,
            )
        )
    )
    charged.do(share, second, made.account)
    (found,) = charged.ask(rehearse, Scope(mandate_ids=(first,))).differences
    assert (found.was, found.now) == (Money(475_00), Money(356_25))
    assert found.reasons == ("Collected by mandate SAMPLE0002: 1 collection, 4 Dec 2026: £475.00.",)


def share(ctx, mandate_id, account):
    row = ctx.session.query(Collection).filter_by(mandate_id=mandate_id, kind=CollectionKind.AGAIN).one()
    ctx.session.add(CollectionShare(collection_id=row.id, account_id=account.id, pence=row.pence))


def test_of_a_garage_that_another_mandate_pays_too_only_its_share_comes_off(charged, made):
    """19 x 17.80 = 338.20 of the garage is collected with the home; a mandate for the garage alone has nothing left."""
    garage = charged.do(lettings.garage_letting, home=made)
    both = charged.do(set_up, made.account, garage.account)
    alone = charged.do(set_up, garage.account)
    assert schedule(charged, both).total == Money(2_238_20)
    assert (schedule(charged, alone).total, schedule(charged, alone).count) == (Money(0), 0)


def test_a_suspended_mandate_collects_nothing_of_it(charged, made, first):
    def suspend(ctx):
        ctx.session.get_one(Mandate, first).state = MandateState.SUSPENDED

    charged.do(suspend)
    assert schedule(charged, charged.do(set_up, made.account)).usual == Money(475_00)
