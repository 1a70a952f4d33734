"""Where pages break: every row once and in order, nothing over the edge, the notes whole where they can be."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from app.services.exports.statement.paging import Span, spans

HEIGHTS = st.lists(st.floats(min_value=5, max_value=60), max_size=60)
NOTES = st.lists(st.floats(min_value=5, max_value=40), min_size=1, max_size=30)


def test_rows_that_fit_share_the_page_with_the_notes():
    assert spans([10, 10], [30], 50, 80) == (Span(0, 2, 0, 1),)


def test_rows_run_on():
    assert spans([10] * 12, [30], 50, 80) == (Span(0, 5), Span(5, 9), Span(9, 12, 0, 1))


def test_notes_that_do_not_fit_take_the_last_rows_along():
    assert spans([10] * 5, [30], 50, 80) == (Span(0, 2), Span(2, 5, 0, 1))


def test_no_rows_is_one_page():
    assert spans([], [30], 50, 80) == (Span(0, 0, 0, 1),)


def test_notes_longer_than_a_page_run_on():
    assert spans([10] * 5, [30] * 5, 50, 80) == (Span(0, 5), Span(5, 5, 0, 2), Span(5, 5, 2, 4), Span(5, 5, 4, 5))


@given(HEIGHTS, NOTES, st.integers(60, 120), st.integers(90, 200))
def test_every_row_and_note_is_on_one_page_in_order(rows, notes, room, later_room):
    pages = spans(rows, notes, room, later_room)
    assert list(chain.from_iterable(range(page.first, page.last) for page in pages)) == list(range(len(rows)))
    assert list(chain.from_iterable(range(page.note, page.last_note) for page in pages)) == list(range(len(notes)))


@given(HEIGHTS, NOTES, st.integers(60, 120), st.integers(90, 200))
def test_no_page_is_overfull(rows, notes, room, later_room):
    for number, page in enumerate(spans(rows, notes, room, later_room)):
        used = sum(rows[page.first : page.last]) + sum(notes[page.note : page.last_note])
        assert used <= (later_room if number else room) + 1e-6


def test_a_first_row_too_high_for_the_first_page_begins_on_the_second():
    assert spans([70], [30], 50, 120) == (Span(0, 0), Span(0, 1, 0, 1))
    assert spans([], [70], 50, 120) == (Span(0, 0), Span(0, 0, 0, 1))
