"""The text form of a filter: whatever is saved is read again as it was, and what is no longer there is named."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind, Money, Tenure
from app.services.core.errors import UserError
from app.services.rent.listed_dto import AccountFilter
from app.services.workbench.filters.text import Read, from_text, to_text


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    kinds: frozenset[AccountKind] = frozenset()
    names: frozenset[str] = frozenset()
    live: bool | None = None
    least: Money | None = None
    count: int = 3
    since: date | None = None
    kind: AccountKind | None = None
    tenure: Tenure = Tenure.SECURE


words = st.text(st.characters(codec="utf-8"), max_size=12)
wanted = st.builds(
    Wanted,
    text=words,
    kinds=st.frozensets(st.sampled_from(AccountKind)),
    names=st.frozensets(words),
    live=st.none() | st.booleans(),
    least=st.none() | st.builds(Money, st.integers(-(10**12), 10**12)),
    count=st.integers(),
    since=st.none() | st.dates(),
    kind=st.none() | st.sampled_from(AccountKind),
    tenure=st.sampled_from(Tenure),
)


@given(wanted)
def test_what_is_saved_is_read_again(filter_):
    assert from_text(Wanted, to_text(filter_)) == Read(filter_)


@given(wanted)
def test_equal_filters_have_one_text(filter_):
    assert to_text(filter_) == to_text(from_text(Wanted, to_text(filter_)).wanted)


def test_only_what_is_set_is_written():
    assert to_text(AccountFilter()) == "{}"
    shown = AccountFilter(kinds=frozenset({AccountKind.GARAGE}), owing=True, at_least=Money(5_000))
    assert to_text(shown) == '{"at_least":5000,"kinds":["garage"],"owing":true}'


def test_what_an_older_version_knew_is_left_out_and_named():
    read = from_text(AccountFilter, '{"colour":"red","kinds":["garage","castle"],"owing":true,"live":"maybe"}')
    assert read == Read(
        AccountFilter(kinds=frozenset({AccountKind.GARAGE}), owing=True), ("colour", "kinds castle", "live")
    )


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    with suppress(UserError):
        assert isinstance(from_text(AccountFilter, text).wanted, AccountFilter)


@given(st.dictionaries(st.sampled_from([*Wanted.__dataclass_fields__, "other"]), st.from_type(int | str | bool | None)))
def test_fields_of_the_wrong_kind_are_left_out(held):
    import json

    read = from_text(Wanted, json.dumps(held))
    assert set(read.lost) <= set(held)


def test_what_has_no_text_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        to_text(AccountFilter(text=object()))
