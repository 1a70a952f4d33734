"""What a supplier is blocked for is refused at each step in words, and its name is compared without its form."""

from datetime import date

import pytest

from app.models.values import BlockScope, SupplierState
from app.services.core.errors import UserError
from app.services.purchase_orders.suppliers import keeping
from tests.factories import purchasing

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Sample Paint Co. Limited", "sample paint"),
        ("SAMPLE PAINT LTD", "sample paint"),
        ("Côté & Fils (UK) plc", "cote fils"),
        ("O'Sample Roofing", "osample roofing"),
        ("The Company Ltd", "the company ltd"),
    ],
)
def test_a_name_is_compared_without_its_form(name, key):
    assert keeping.name_key(name) == key


def test_a_block_is_refused_in_words_until_its_day_and_only_for_its_scope(desk):
    def steps(ctx):
        row = purchasing.supplier(ctx)
        purchasing.block(ctx, row.id, release_on=date(2026, 11, 30))
        with pytest.raises(UserError) as refused:
            keeping.refuse_blocked(ctx, row.id, BlockScope.ORDERS, TODAY)
        keeping.refuse_blocked(ctx, row.id, BlockScope.PAYMENTS, TODAY)
        keeping.refuse_blocked(ctx, row.id, BlockScope.ORDERS, date(2026, 11, 1))
        keeping.refuse_blocked(ctx, row.id, BlockScope.ORDERS, date(2026, 11, 30))
        return refused.value.message

    assert desk.do(steps) == (
        "Sample Paints Limited is blocked for orders since 2 Nov 2026, until 30 Nov 2026: Insurance lapsed"
    )


def test_a_closed_supplier_takes_no_orders_but_is_paid(desk):
    def steps(ctx):
        row = purchasing.supplier(ctx, state=SupplierState.CLOSED, closed_why="Ceased trading")
        keeping.refuse_blocked(ctx, row.id, BlockScope.PAYMENTS, TODAY)
        with pytest.raises(UserError, match="closed and takes no more orders: Ceased trading"):
            keeping.refuse_blocked(ctx, row.id, BlockScope.ORDERS, TODAY)

    desk.do(steps)
