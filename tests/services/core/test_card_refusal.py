"""Card numbers are refused in what officers write; the references of ours that look like one are not."""

import pytest

from app.models.reception_payments.pay_cards import PayCard
from app.models.values import PayCardReason, PayCardState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.errors import UserError
from tests.factories import lettings

CARD = "6304000000000000018"
"""In the range of Maestro; by Luhn the doubled 1, 4 and 3 give 2, 8 and 6, with 8 and 6 that is 30."""


def said(desk, text):
    return desk.ask(refuse_card_number, text, "note", "text")


def test_the_reference_of_a_pay_point_card_may_stand_in_a_note(desk):
    with pytest.raises(UserError, match="what looks like a card number"):
        said(desk, f"They showed {CARD}.")

    def order(ctx):
        account = lettings.letting(ctx, reference="70 0009").account
        ctx.session.add(
            PayCard(
                reference=CARD,
                account_id=account.id,
                state=PayCardState.ENDED,
                reason=PayCardReason.FIRST,
                ordered_by=ctx.officer.id,
                ordered_at=ctx.clock.now(),
            )
        )

    desk.do(order)
    assert said(desk, f"They showed {CARD}.") is None
    assert said(desk, "They showed 6304 0000 0000 0000 018.") is None
