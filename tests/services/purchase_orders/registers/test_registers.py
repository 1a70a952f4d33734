"""Categories and delivery points are kept, and go out of use; none is deleted."""

from dataclasses import replace

import pytest

from app.services.approvals import commands as approvals
from app.services.approvals.queries import request as asked_for
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.purchase_orders.registers import commands, queries
from app.services.purchase_orders.registers.dto import CategoryRow, PointRow

NEW = CategoryRow(0, " Fencing ", False, True, True, "", True)
DEPOT = PointRow(0, "Depot", "1 Sample Road\nTestford\nZZ1 1AA", "Gate 2", True)


def test_a_category_is_kept_with_what_follows_from_it_and_its_name_is_taken_once(desk, colleague):
    made = desk.do(commands.keep_category, NEW)
    assert made.told == "Fencing is kept. What follows from it waits for a second officer."
    row = desk.ask(queries.categories)[-1]
    assert (row.name, row.words, row.active) == ("Fencing", "a change waits for approval", True)
    with pytest.raises(UserError, match="waits for a second officer already"):
        desk.do(commands.keep_category, replace(row, no_order_needed=True))
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        desk.do(approvals.approve, (made.request_id,))
    colleague.do(approvals.approve, (made.request_id,))
    row = desk.ask(queries.categories)[-1]
    assert row.words == "labour under CIS; works"
    with pytest.raises(UserError, match="There is a category called fencing"):
        desk.do(commands.keep_category, replace(NEW, name="fencing"))
    desk.do(commands.keep_category, replace(row, active=False, not_published="Compensation to individuals"))
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep_category, row)
    assert desk.ask(queries.categories)[-1].words.endswith("not published: Compensation to individuals")


def test_a_name_is_one_officers_and_a_mark_is_refused_by_the_second(desk, colleague):
    row = next(each for each in desk.ask(queries.categories) if each.words == "")
    assert desk.do(commands.keep_category, replace(row, name="Paint and brushes")).request_id is None
    row = next(each for each in desk.ask(queries.categories) if each.name == "Paint and brushes")
    asked = desk.do(commands.keep_category, replace(row, no_order_needed=True))
    said = {each.label: (each.before, each.after) for each in colleague.ask(asked_for, asked.request_id).details}
    assert said["Its invoices are paid without an order"] == ("no", "yes")
    colleague.do(approvals.refuse, (asked.request_id,), "These are ordered")
    assert next(each for each in desk.ask(queries.categories) if each.name == "Paint and brushes").words == ""


def test_a_delivery_point_has_a_name_and_an_address_and_no_card_number(desk):
    desk.do(commands.keep_point, DEPOT)
    (row,) = desk.ask(queries.points)
    assert (row.name, row.instructions) == ("Depot", "Gate 2")
    for wrong, field in (
        (replace(DEPOT, name="depot"), "name"),
        (replace(DEPOT, name="Store", address=" "), "address"),
        (replace(DEPOT, name="Store", instructions="4111 1111 1111 1111"), "instructions"),
    ):
        with pytest.raises(UserError) as refused:
            desk.do(commands.keep_point, wrong)
        assert refused.value.field == field
    desk.do(commands.keep_point, replace(row, active=False))
    assert not desk.ask(queries.points)[0].active
