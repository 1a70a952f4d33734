"""An office that takes cards by telephone at a stand-in of GOV.UK Pay."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from app.models.landlord import Setting
from app.models.values import CardProvider, TakenBy
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.reception_payments.cards import commands, keeping
from app.services.reception_payments.cards.dto.asked import CardSettings, NewCardPayment
from tests.prepared import prepared
from tests.services.reception_payments.cards.pay_standin import KEY, Pay
from tests.services.reception_payments.conftest import payment


@pytest.fixture
def pay():
    """The stand-in."""
    standin = Pay()
    yield standin
    standin.close()


@prepared
def cards(desk, reception):
    """The office has a key; what it takes cards for, as in `reception`."""
    desk.do(commands.set_settings, CardSettings(CardProvider.GOVUK_PAY, "https://www.example.gov.uk/done"), KEY)
    return reception


@pytest.fixture
def reach(desk, cards, pay):
    """The office reaches the stand-in; what it takes cards for."""
    desk.do(lambda ctx: ctx.session.add(Setting(key=keeping.URL, value=pay.url)))
    return cards


def begun(desk, reception, *shares, key="one", **rest):
    """A card payment that was begun: £100.00 for the rent, unless the test says otherwise; its id."""
    new = replace(payment(reception, *shares, **rest), taken_by=TakenBy.CARD)
    return desk.do(commands.begin, NewCardPayment(key, new)).payment_id


@dataclass(frozen=True)
class LaterClock(FixedClock):
    """The office some minutes after noon."""

    minutes: int = 0

    def now(self):
        return super().now() + timedelta(minutes=self.minutes)


def later(desk, minutes):
    """The same officer's desk so many minutes after noon."""
    return Desk(desk.database, desk.officer, LaterClock(desk.clock.day, minutes))
