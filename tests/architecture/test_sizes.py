"""A file has at most 300 lines (never over 400), a function at most 40 (never over 60).

Migrations are counted by function only: they are history, not code that anybody changes.

The two tables name what is over the soft limit today, with its length. They may only shrink: split the file or the
function, and take it out.
"""

from tests.architecture.repository import ROOT, functions, lines, name, python_files

LONG_FILES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {}


def changeable():
    return [path for path in python_files() if path.parent.name != "versions"]


def test_no_file_is_over_the_hard_limit():
    assert {name(path): lines(path) for path in changeable() if lines(path) > 400} == {}


def test_no_function_is_over_the_hard_limit():
    found = {where: length for path in python_files() for where, length in functions(path) if length > 60}
    assert found == {}


def test_no_new_file_is_over_the_soft_limit():
    found = {name(path): lines(path) for path in changeable() if lines(path) > 300}
    assert {path: length for path, length in found.items() if length > LONG_FILES.get(path, 300)} == {}


def test_no_new_function_is_over_the_soft_limit():
    found = {where: length for path in python_files() for where, length in functions(path) if length > 40}
    assert {where: length for where, length in found.items() if length > LONG_FUNCTIONS.get(where, 40)} == {}


def test_the_lists_of_long_ones_hold_nothing_that_is_short_by_now():
    known = dict(item for path in python_files() for item in functions(path))
    assert [path for path in LONG_FILES if not (ROOT / path).exists() or lines(ROOT / path) <= 300] == []
    assert [where for where in LONG_FUNCTIONS if known.get(where, 0) <= 40] == []
