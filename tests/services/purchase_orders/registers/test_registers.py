"""Categories and delivery points are kept, and go out of use; none is deleted."""

from dataclasses import replace

import pytest

from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.purchase_orders.registers import commands, queries
from app.services.purchase_orders.registers.dto import CategoryRow, PointRow

NEW = CategoryRow(0, " Fencing ", False, True, True, "", True)
DEPOT = PointRow(0, "Depot", "1 Sample Road\nTestford\nZZ1 1AA", "Gate 2", True)


def test_a_category_is_kept_with_what_follows_from_it_and_its_name_is_taken_once(desk):
    desk.do(commands.keep_category, NEW)
    row = desk.ask(queries.categories)[-1]
    assert (row.name, row.words, row.active) == ("Fencing", "labour under CIS; works", True)
    with pytest.raises(UserError, match="There is a category called fencing"):
        desk.do(commands.keep_category, replace(NEW, name="fencing"))
    desk.do(commands.keep_category, replace(row, active=False, not_published="Compensation to individuals"))
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep_category, row)
    assert desk.ask(queries.categories)[-1].words.endswith("not published: Compensation to individuals")


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
