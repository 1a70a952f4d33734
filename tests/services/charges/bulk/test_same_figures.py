"""The statement that rehearses a bulk change gives to the penny what the rule says of each amount."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.models.charges import Charge
from app.models.values import Money
from app.services.charges.bulk import keeping, rules
from app.services.charges.bulk.dto import BulkRule, NewChange, Step
from app.services.charges.bulk.sql import BELOW, LINE
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.charges.bulk.test_changing import APRIL


class UndoneError(Exception):
    """Raised at the end of an example, so that the next one starts from the same charges."""


@prepared
def row_of_homes(desk):
    return desk.do(lambda ctx: [lettings.letting(ctx).charges[0].id for _ in range(4)])


amounts = st.lists(st.integers(0, 300_00), min_size=4, max_size=4)
changes = st.one_of(
    st.builds(BulkRule, st.just(("DBR",)), st.just(Step.PERCENT), st.integers(-9_999, 10_000).filter(bool)),
    st.builds(BulkRule, st.just(("DBR",)), st.just(Step.ADD), st.integers(-50_00, 50_00).filter(bool)),
    st.builds(BulkRule, st.just(("DBR",)), st.just(Step.SET), st.integers(0, 300_00)),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pence=amounts, rule=changes)
def test_to_the_penny(desk, row_of_homes, pence, rule):
    expected = {(before, rules.after(rule, Money(before)).pence) for before in pence}
    changed = {pair for pair in expected if pair[0] != pair[1] and pair[1] >= 0}
    assume(changed)

    def example(ctx):
        for charge, amount in zip(row_of_homes, pence, strict=True):
            ctx.session.execute(update(Charge).where(Charge.id == charge).values(amount_pence=amount))
        change = keeping.rehearse(ctx, NewChange("Example", APRIL, rule))
        rows = ctx.session.execute(select(LINE).where(LINE.c.change_id == change.id)).all()
        assert {(row.before_pence, row.after_pence) for row in rows if not row.left_out} == changed
        assert {row.left_out for row in rows if row.after_pence < 0} <= {BELOW}
        assert all(row.left_out for row in rows if row.after_pence < 0)
        raise UndoneError

    with pytest.raises(UndoneError):
        desk.do(example)
