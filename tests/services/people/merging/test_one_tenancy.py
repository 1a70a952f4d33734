"""Two records of one person in one tenancy, merged and parted again."""

import json
from datetime import date

from sqlalchemy import select

from app.models.people import PersonMergeRow, Tenant
from app.services.people.merging.commands import merge_people, undo_merge
from app.services.people.merging.dto import MergePeople, UndoMerge
from tests.factories import lettings


def build(ctx):
    """Alex left, and came back under another record."""
    home, other = lettings.letting(ctx), lettings.person(ctx)
    ctx.session.get_one(Tenant, (home.tenancy.id, home.person.id)).to_on = date(2026, 3, 1)
    place = {"tenancy_id": home.tenancy.id, "person_id": other.id}
    ctx.session.add(Tenant(**place, position=2, from_on=date(2026, 5, 4)))
    return home.person.id, other.id


def days(desk):
    held = select(Tenant).order_by(Tenant.position)
    found = desk.ask(lambda ctx: ctx.session.scalars(held).all())
    return [(each.person_id, each.from_on, each.to_on) for each in found]


def test_who_held_it_by_both_records_holds_it_for_the_days_of_both(desk):
    first, second = desk.do(build)
    before = days(desk)
    done = desk.do(merge_people, MergePeople(first, second, "Spoken to"))
    assert days(desk) == [(first, None, None)]
    desk.do(undo_merge, UndoMerge(done.merge_id, 1))
    assert days(desk) == before == [(first, None, date(2026, 3, 1)), (second, date(2026, 5, 4), None)]


def test_a_merge_made_before_days_were_written_down_is_undone(desk):
    """Then the place that stayed kept its own days, so there is nothing to put back but the place that was taken."""
    first, second = desk.do(build)
    before = days(desk)
    done = desk.do(merge_people, MergePeople(first, second, "Spoken to"))

    def as_it_was_then(ctx):
        (row,) = ctx.session.scalars(select(PersonMergeRow).where(PersonMergeRow.taken != "")).all()
        row.taken = json.dumps({key: value for key, value in json.loads(row.taken).items() if key != "days"})
        (place,) = ctx.session.scalars(select(Tenant)).all()
        place.from_on, place.to_on = before[0][1:]

    desk.do(as_it_was_then)
    desk.do(undo_merge, UndoMerge(done.merge_id, 1))
    assert days(desk) == before
