"""The arithmetic of tables: widths, places of rows, and a filter in words."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money
from app.views.common.facets import Choice, Facet, in_words
from app.views.common.places import count_of, first_rows, joined, others
from app.views.common.table_widths import shared, wished

widths = st.dictionaries(st.integers(0, 9), st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=1)


@given(widths, st.integers(50, 2_000), st.integers(0, 9))
def test_widths_fill_the_room_where_they_can(columns, room, stretch):
    wishes = {at: max(pair) for at, pair in columns.items()}
    floors = {at: min(pair) for at, pair in columns.items()}
    found = shared(room, wishes, floors, stretch)
    assert all(found[at] >= floors[at] for at in wishes)
    if sum(floors.values()) <= room < sum(wishes.values()):
        assert sum(found.values()) == room
    elif sum(floors.values()) > room:
        assert found == floors
    elif stretch in wishes:
        assert sum(found.values()) == room


@given(widths, st.integers(50, 2_000), st.integers(0, 9))
def test_no_words_are_cut_while_another_column_has_more_than_it_needs(columns, room, stretch):
    wishes = {at: wish for at, (wish, _) in columns.items()}
    needs = {at: need for at, (_, need) in columns.items()}
    found = wished(room, wishes, needs, stretch)
    if sum(needs.values()) <= room:
        assert all(found[at] >= needs[at] for at in columns)
        assert sum(found.values()) <= room
    else:
        assert all(min(wishes[at], needs[at]) <= found[at] <= needs[at] for at in columns)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8)).map(lambda pair: (pair[0], sum(pair))), max_size=12)


def rows_of(places):
    return [row for first, last in places for row in range(first, last + 1)]


@given(spans, st.integers(0, 50))
def test_places_are_the_rows_once_and_in_order(chosen, most):
    wanted = sorted({row for first, last in chosen for row in range(first, last + 1)})
    places = joined(chosen)
    assert rows_of(places) == wanted
    assert count_of(places) == len(wanted)
    assert rows_of(first_rows(places, most)) == wanted[:most]
    assert rows_of(others(places, 80)) == [row for row in range(80) if row not in wanted]


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    kinds: frozenset[str] = frozenset()
    owing: bool | None = None
    least: Money | None = None


FACETS = (
    Facet("owing", "Balance", (Choice(value=True, words="In arrears"),), plain=True),
    Facet("kinds", "Kind", (Choice("b", "Bees"), Choice("a", "Ants")), many=True),
    Facet("least", "At least", (Choice(Money(500), "£5"),), amount=True),
)


def test_a_filter_is_said_in_words():
    assert in_words(FACETS, Wanted()) == ()
    wanted = Wanted("o'brien", frozenset({"a", "b", "zz"}), True, Money(512))
    assert in_words(FACETS, wanted) == ("Found by 'o'brien'", "In arrears", "Kind: Bees, Ants or zz", "At least £5.12")
    assert FACETS[1].put(wanted, "a", on=False).kinds == {"b", "zz"}
    assert FACETS[0].put(wanted, value=True, on=False).owing is None
