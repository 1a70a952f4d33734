"""The landlord's details are given once and printed from then on."""

from dataclasses import replace

import pytest

from app.services.core.errors import UserError
from app.services.core.landlord import LandlordDetails, details, keep_details

GIVEN = LandlordDetails(
    "Sample Council", "White Lion House", "1 High Street\nSampletown", how_to_pay="By card\nBy cheque"
)


def test_until_they_are_given_the_landlord_has_no_name_of_its_own(desk):
    assert desk.ask(details) == LandlordDetails()


def test_what_is_given_is_kept_and_replaced(desk):
    desk.do(keep_details, GIVEN)
    desk.do(keep_details, replace(GIVEN, phone="01234 567890"))
    assert desk.ask(details) == replace(GIVEN, phone="01234 567890")


@pytest.mark.parametrize(
    ("bad", "field"),
    [(replace(GIVEN, name="  "), "name"), (replace(GIVEN, reference_scheme="mod7"), "reference_scheme")],
)
def test_what_cannot_be_kept_is_refused_at_its_field(desk, bad, field):
    with pytest.raises(UserError) as refused:
        desk.do(keep_details, bad)
    assert refused.value.field == field
