"""Who a sender is, where they wrote from, and which template answers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.post_log import PostCategory
from app.models.values import PostChannel
from app.services.letters.dto import Channel
from app.services.letters.shipped import shipped
from app.services.post_log.answering.rules import is_theirs, postal_address, template_keys, ways_of


@pytest.mark.parametrize(
    ("sender", "name", "theirs"),
    [
        ("Maria Testerton", "Mx Maria Testerton", True),
        ("Ms M. Testerton", "Mx Maria Testerton", True),
        ("Testerton", "Mx Maria Testerton", True),
        ("J Testerton", "Mx Maria Testerton", False),
        ("Sam Testerton", "Mx Maria Testerton and Mr Sam Testerton", True),
        ("Debt Advice", "Mx Maria Testerton", False),
        ("", "Mx Maria Testerton", True),
        ("Zoë O'Hara", "Ms Zoe OHara", True),
    ],
)
def test_a_sender_is_the_tenant_by_surname_and_initial(sender, name, theirs):
    assert is_theirs(sender, name) is theirs


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1 Sample Street\nTestford\nzz1 1aa", ("1 Sample Street", "Testford", "ZZ1 1AA")),
        ("1 Sample Street, Testford, ZZ1 1AA", ("1 Sample Street", "Testford", "ZZ1 1AA")),
        ("07700 900123", ()),
        ("maria@example.com", ()),
        ("ZZ1 1AA", ()),
        ("", ()),
    ],
)
def test_a_postal_address_ends_with_a_postcode(text, lines):
    assert postal_address(text) == lines


@given(st.text(max_size=200), st.text(max_size=80))
def test_whatever_is_typed_is_read_without_a_fault(text, name):
    assert postal_address(text) == () or len(postal_address(text)) > 1
    assert is_theirs(text, name) in {True, False}


@given(st.sampled_from(list(PostChannel)))
def test_every_way_in_has_a_way_out(channel):
    assert ways_of(channel)


def test_every_category_has_a_wording_for_each_channel_or_none_at_all(desk):
    keys = desk.ask(lambda ctx: ctx.session.execute(select(PostCategory.key, PostCategory.acknowledgement)).all())
    assert {key for key, template in keys if not template} == {"invoice", "returned"}
    for _, template in keys:
        for channel in Channel if template else ():
            first = next(key for key in template_keys(template, channel) if key in shipped())
            assert shipped()[first].channel is channel
