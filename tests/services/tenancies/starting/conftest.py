from datetime import date

import pytest

from app.models.values import (
    Money,
    PaymentMethod,
    Tenure,
)
from app.services.tenancies.starting.dto import NewCharge, NewTenant, StartTenancy
from tests.factories import lettings
from tests.prepared import prepared

WEDNESDAY = date(2026, 11, 25)
SOMEBODY = NewTenant(title="Mx", first_name="Robin", last_name="Newcome", date_of_birth=date(1990, 2, 3))


def rent(pounds="100.00", **others):
    return tuple(NewCharge(code, Money.parse(amount)) for code, amount in ({"DBR": pounds} | others).items())


@prepared
def home(desk):
    """A home that stands empty since 2 November, let at 90.00 and 4.50 before."""
    return desk.do(lettings.letting, "90.00", end_on=date(2026, 11, 1), DSC="4.50")


@pytest.fixture
def new(home):
    """It let from Wednesday 25 November."""
    return StartTenancy(
        property_id=home.property.id,
        tenure=Tenure.SECURE,
        start_on=WEDNESDAY,
        tenants=(SOMEBODY,),
        charges=rent(DSC="4.50"),
        payment_method=PaymentMethod.BANK_TRANSFER,
        welcome=False,
    )
