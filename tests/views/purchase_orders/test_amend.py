"""What the panel beside an amendment says of it."""

from app.models.values import Money
from app.services.purchase_orders.orders.dto import AmendPreview
from app.views.purchase_orders.amend import amend_effects


def test_what_standing_orders_still_want_is_said_before_it_is_saved():
    found = AmendPreview(Money(4_900_00), Money(5_125_00), True, "A higher band.", ("Lamps",), (), ("Record three.",))
    *_, approval, wanted = amend_effects(found)
    assert (approval.text, approval.warns) == ("It needs a new approval", True)
    assert (wanted.group, wanted.text, wanted.warns) == ("Standing orders", "Record three.", True)
