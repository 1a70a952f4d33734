"""Money in suspense in the finder."""

from app.models.access import RestrictedRecord
from app.models.values import Subject
from app.services.core.finding import find
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.reception_payments.suspense import queries
from app.services.reception_payments.suspense.dto import NewPart
from tests.services.reception_payments.suspense.held import alone, clear, hold


def sat(desk, name, role):
    desk.do(add, NewOfficer(name, name.title(), frozenset({role})))
    return Desk.sit_down(desk.database, name, desk.clock)


def test_an_item_is_found_by_what_its_payer_said_but_not_where_it_went_to_a_closed_account(desk, reception):
    """50.00 of 13 November, eight days old."""
    item = hold(desk, payer_name="MR A SAMPLE", reference_given="70 0010")
    for typed in ("suspense 1", "70 0010", "sample"):
        (group,) = [each for each in desk.ask(find, typed) if each.title == "Suspense"]
        assert (group.found[0].subject_id, group.found[0].title) == (item.id, "Suspense item 1  £50.00")
        assert group.found[0].detail == "Open  8 days old  70 0010"
    alone(desk)
    clear(desk, item, NewPart(50_00, reception.other))

    def restrict(ctx):
        row = {"subject": Subject.ACCOUNT, "subject_id": reception.other, "reason": "Safety"}
        ctx.session.add(RestrictedRecord(**row, restricted_at=ctx.clock.now(), restricted_by=ctx.officer.id))

    def titles(who):
        return [each.title for each in who.ask(find, "sample") if each.title == "Suspense"]

    finance, clerk = sat(desk, "finance", Role.FINANCE), sat(desk, "clerk", Role.RECEPTION)
    assert (titles(finance), titles(clerk)) == (["Suspense"], [])
    desk.do(restrict)
    assert titles(finance) == []


def test_the_list_says_for_whom_a_payer_paid_before_where_that_is_one_account(desk, reception):
    alone(desk)
    clear(desk, hold(desk, payer_name="MR A SAMPLE"), NewPart(50_00, reception.rent), learn=True)
    hold(desk, line=2, payer_name="Mr A Sample")
    hold(desk, line=3, payer_name="SOMEBODY")
    assert [row.known for row in desk.ask(queries.listed)] == ["70 0001", ""]
    clear(desk, hold(desk, line=4, payer_name="MR A SAMPLE"), NewPart(50_00, reception.other), learn=True)
    assert [row.known for row in desk.ask(queries.listed)] == ["", ""]
