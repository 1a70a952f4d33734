from hypothesis import given
from hypothesis import strategies as st

from app.models.values import DebitMove
from app.services.tenancies.debit_control import rules
from app.services.tenancies.debit_control.dto import Move, Place, Position

PENCE = st.none() | st.integers(0, 20_000)
PLACES = st.builds(Place, st.integers(1, 3), st.integers(1, 5), st.integers(1, 8))
POSITIONS = st.dictionaries(PLACES, st.builds(Position, PENCE, PENCE), max_size=12)
HOME, NEXT = Place(1, 10, 100), Place(1, 10, 101)


def test_a_home_that_changes_hands_ended_and_was_let_anew():
    moved = rules.moves({HOME: Position(let=9_000)}, {NEXT: Position(let=9_500)})
    assert moved == (Move(HOME, DebitMove.ENDING, 9_000, 0), Move(NEXT, DebitMove.NEW_LET, 0, 9_500))


def test_a_home_that_falls_empty_ends_and_its_void_begins():
    moved = rules.moves({HOME: Position(let=9_000)}, {HOME: Position(void=8_500)})
    assert moved == (Move(HOME, DebitMove.ENDING, 9_000, 0), Move(HOME, DebitMove.VOID, 0, 8_500))


def test_a_let_that_is_charged_nothing_is_a_let_all_the_same():
    moved = rules.moves({}, {HOME: Position(let=0)})
    assert moved == (Move(HOME, DebitMove.NEW_LET, 0, 0),)


def test_a_property_in_another_rent_group_leaves_the_one_and_comes_to_the_other():
    other = Place(2, 10, 100)
    found = rules.sums(
        {HOME: Position(9_000)},
        {other: Position(9_000)},
        rules.moves({HOME: Position(9_000)}, {other: Position(9_000)}),
    )
    assert (found[1].opening, found[1].endings, found[1].closing) == (9_000, -9_000, 0)
    assert (found[2].opening, found[2].new_lets, found[2].closing) == (0, 9_000, 9_000)


@given(POSITIONS, POSITIONS)
def test_the_movements_lead_from_one_position_to_the_other(opening, closing):
    for line in rules.sums(opening, closing, rules.moves(opening, closing)).values():
        assert line.opening + line.new_lets + line.endings + line.changes + line.voids == line.closing


@given(POSITIONS)
def test_nothing_moves_where_nothing_changed(position):
    assert rules.moves(position, position) == ()


@given(POSITIONS, POSITIONS, POSITIONS)
def test_two_weeks_come_to_the_same_as_one_step(first, second, third):
    def by_group(*steps):
        total = {}
        for was, now in steps:
            for move in rules.moves(was, now):
                total[move.place.rent_group_id] = total.get(move.place.rent_group_id, 0) + move.pence
        return {group: pence for group, pence in total.items() if pence}

    assert by_group((first, second), (second, third)) == by_group((first, third))
