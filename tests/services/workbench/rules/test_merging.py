"""Two officers' changes of one record go together."""

from hypothesis import given
from hypothesis import strategies as st

from app.services.workbench.rules.merging import Differing, merge

RECORDS = st.fixed_dictionaries({key: st.integers(0, 2) for key in "abcd"})


def test_each_changed_another_field_and_nobody_is_asked():
    was = {"phone": "1", "email": "a", "note": ""}
    found = merge(was, was | {"phone": "2"}, was | {"email": "b"})
    assert found.values == {"phone": "2", "email": "b", "note": ""}
    assert found.conflicts == ()
    assert found.theirs == ("email",)


def test_both_changed_one_field_and_it_is_asked():
    was = {"phone": "1", "email": "a"}
    found = merge(was, was | {"phone": "2"}, was | {"phone": "3"})
    assert found.conflicts == (Differing("phone", "2", "3", "1"),)
    assert found.values["phone"] == "2"


def test_both_changed_it_alike_and_nobody_is_asked():
    was = {"phone": "1"}
    assert merge(was, {"phone": "2"}, {"phone": "2"}).conflicts == ()


@given(was=RECORDS, mine=RECORDS)
def test_where_the_other_changed_nothing_mine_stands(was, mine):
    found = merge(was, mine, was)
    assert (found.values, found.conflicts, found.theirs) == (mine, (), ())


@given(was=RECORDS, theirs=RECORDS)
def test_where_i_changed_nothing_theirs_stands(was, theirs):
    found = merge(was, was, theirs)
    assert (found.values, found.conflicts) == (theirs, ())


@given(was=RECORDS, mine=RECORDS, theirs=RECORDS)
def test_it_is_asked_exactly_where_all_three_differ_and_either_way_round(was, mine, theirs):
    found, turned = merge(was, mine, theirs), merge(was, theirs, mine)
    asked = {each.key for each in found.conflicts}
    assert asked == {key for key in was if len({was[key], mine[key], theirs[key]}) == 3}
    assert asked == {each.key for each in turned.conflicts}
    for key in was.keys() - asked:
        assert found.values[key] == turned.values[key]
        assert found.values[key] in {mine[key], theirs[key]}
