"""The landlord's details are given once and printed from then on."""

from dataclasses import replace

import pytest

from app.services.core.errors import UserError
from app.services.core.landlord import LandlordDetails, landlord, set_landlord

GIVEN = LandlordDetails("Sample Council", "White Lion House", ("1 High Street", "Sampletown"), how_to_pay=("By card",))


def test_until_they_are_given_the_landlord_has_no_name(desk):
    assert desk.ask(landlord) == LandlordDetails()


def test_what_is_given_is_kept_and_replaced(desk):
    desk.do(set_landlord, GIVEN)
    desk.do(set_landlord, replace(GIVEN, phone="01234 567890"))
    assert desk.ask(landlord) == replace(GIVEN, phone="01234 567890")


@pytest.mark.parametrize(
    ("bad", "field"), [(replace(GIVEN, name="  "), "name"), (replace(GIVEN, phone="0" * 41), "phone")]
)
def test_what_cannot_be_kept_is_refused_at_its_field(desk, bad, field):
    with pytest.raises(UserError) as refused:
        desk.do(set_landlord, bad)
    assert refused.value.field == field
