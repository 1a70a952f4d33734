"""A landlord, tenants to write to, and items that came from them."""

import pytest
from sqlalchemy import select

from app.models.post_log import PostCategory, PostEvent, PostItem
from app.models.values import PostChannel
from app.services.post_log import keeping
from app.services.post_log.dto import NewItem
from app.services.post_log.standards import keeping as standards
from tests.prepared import prepared
from tests.services.letters.conftest import landlord as _landlord
from tests.services.letters.conftest import needs as _needs
from tests.services.letters.conftest import tenant

landlord, needs = _landlord, _needs


@prepared
def account(desk, landlord):
    """Mx Alex Sample, with e-mail and mobile, of 1 Sample Close."""
    return desk.do(tenant, email="alex@example.com", mobile="07700 900123")


@pytest.fixture
def arrive(desk, landlord):
    """Log something, checked by an officer; returns the item."""

    def make(channel=PostChannel.LETTER, category="general", **columns):
        def work(ctx):
            of = keeping.category(ctx, category)
            new = NewItem(channel, columns.pop("subject_line", "My account"), category_id=of.id, **columns)
            item = ctx.session.get_one(PostItem, keeping.log(ctx, new))
            standards.set_due(ctx, item)
            ctx.session.flush()
            return item.id

        return desk.do(work)

    return make


@pytest.fixture
def item_of(desk):
    """An item as it stands."""
    return lambda item_id: desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id))


@pytest.fixture
def steps(desk):
    """What was done with an item: (step, words)."""
    found = select(PostEvent.step, PostEvent.words).order_by(PostEvent.id)
    return lambda item_id: [
        (step.value, words)
        for step, words in desk.ask(lambda ctx: ctx.session.execute(found.where(PostEvent.item_id == item_id)).all())
    ]


__all__ = ["PostCategory", "landlord", "needs", "tenant"]
