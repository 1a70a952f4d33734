from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.services.imports.fingerprints import file_sha256, line_fingerprints, occurrences

CELLS = st.one_of(st.none(), st.text("abc ", max_size=3), st.integers(-9, 9), st.dates())


def test_a_line_is_recognised_by_its_values():
    first = list(line_fingerprints("Charges", [["T1", "T2"], [9532, 9532], [date(2026, 4, 6)] * 2]))
    again = list(line_fingerprints("Charges", [["T2"], [9532], [date(2026, 4, 6)]]))
    assert first[1] == again[0] != first[0]
    assert list(line_fingerprints("Balances", [["T2"], [9532], [date(2026, 4, 6)]])) != again


def test_a_blank_column_that_comes_later_changes_nothing():
    assert list(line_fingerprints("People", [["H1"]])) == list(line_fingerprints("People", [["H1"], [None]]))


def test_equal_lines_are_told_apart_by_their_number():
    assert list(occurrences(["a", "b", "a", "a"])) == [1, 1, 2, 3]


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_lines_have_one_fingerprint_exactly_when_they_have_the_same_texts(rows):
    prints = list(line_fingerprints("X", zip(*rows, strict=True)))
    texts = [tuple("" if value is None else str(value) for value in row) for row in rows]
    for (one, first), (other, second) in zip(
        zip(prints, texts, strict=True), zip(prints[1:], texts[1:], strict=True), strict=False
    ):
        assert (one == other) == (first == second)


def test_a_folder_has_the_fingerprint_of_its_csv_files(tmp_path):
    (tmp_path / "people.csv").write_text("person_ref\n1\n")
    before = file_sha256(tmp_path)
    (tmp_path / "other.doc").write_text("x")
    assert file_sha256(tmp_path) == before
    (tmp_path / "people.csv").write_text("person_ref\n2\n")
    assert file_sha256(tmp_path) != before
