"""Whether two people may be one, and the old ways by which a change is confirmed; worked by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.people.rules import Known, Reach, Way, confirmed_by, known, likeness, together, what_changed

BORN, OTHER = date(1980, 2, 3), date(1981, 2, 3)
NUMBER = "07700 900123"


def who(first="Maria", last="Testerton", born=None, number="", email="", postcode=""):
    return known(first, last, born, [number], email, postcode)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (who(born=BORN), who(born=BORN), "the same name, the same date of birth"),
        (who("Zoë", "O'Larch", BORN), who("zoe", "OLARCH", BORN), "the same name, the same date of birth"),
        (who("Maria", "Testerton", BORN), who("M", "Testerton", BORN), "a similar name, the same date of birth"),
        (who("Mara", "Testerten", BORN), who(born=BORN), "a similar name, the same date of birth"),
        (who("Testerton", "Maria", BORN), who(born=BORN), "the same names the other way round, the same date of birth"),
        (who(number=NUMBER), who(born=BORN, number=NUMBER), "the same name, the same telephone number"),
        (who(email="m@example.org"), who(email="M@Example.org "), "the same name, the same e-mail address"),
    ],
)
def test_surely_one_person(one, other, why):
    like = likeness(one, other)
    assert like.sure
    assert ", ".join(like.reasons) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (who("Tom", "Sample", number=NUMBER), who(number=NUMBER)),  # a household's telephone
        (who(), who()),  # a common name
        (who("Mona", born=BORN), who("Peter", born=BORN)),  # twins
        (who("Maria", postcode="ZZ1 1AA"), who("M", postcode="zz11aa")),
        (
            who(born=BORN, number=NUMBER),
            who(born=OTHER, number=NUMBER),
        ),  # the year keyed wrongly, or mother and daughter
    ],
)
def test_worth_a_look(one, other):
    like = likeness(one, other)
    assert like.weight
    assert not like.sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (who("Tom", "Sample", BORN), who(born=BORN)),  # a birthday alone
        (who("Tom", "Sample", postcode="ZZ1 1AA"), who(postcode="ZZ1 1AA")),  # neighbours
        (who("Mona"), who("Peter")),  # a last name alone
        (who(born=BORN), who(born=OTHER)),  # two people of one name
        (Known(), Known()),
    ],
)
def test_nobody_they_could_be(one, other):
    assert likeness(one, other).weight == 0


_people = st.builds(
    known,
    st.sampled_from(["", "Maria", "Mara", "M", "Tom"]),
    st.sampled_from(["", "Testerton", "Testerten", "Sample"]),
    st.sampled_from([None, BORN, OTHER]),
    st.lists(st.sampled_from(["", NUMBER, "0191 498 0000"]), max_size=2),
    st.sampled_from(["", "m@example.org"]),
    st.sampled_from(["", "ZZ1 1AA"]),
)


@given(_people, _people)
def test_likeness_is_the_same_from_either_side_and_sure_only_of_a_name_with_something_few_share(one, other):
    here, there = likeness(one, other), likeness(other, one)
    assert (here.weight, here.sure) == (there.weight, there.sure)
    if here.sure:
        shared = one.date_of_birth == other.date_of_birth or one.numbers & other.numbers or one.email == other.email
        assert shared
        assert here.weight > 2


OLD = Reach(phone="+441914980000", mobile="+447700900123", email="old@example.org", letters_to="1 sample close")


@pytest.mark.parametrize(
    ("after", "ways"),
    [
        (OLD, ()),
        (Reach(OLD.phone, OLD.mobile, "new@example.org", OLD.letters_to), (Way.EMAIL,)),
        (Reach(OLD.phone, "+447700900456", OLD.email, OLD.letters_to), (Way.TEXT,)),
        (Reach(OLD.phone, OLD.mobile, OLD.email, "2 sample close"), (Way.LETTER,)),
        (Reach("+441914980001", OLD.mobile, OLD.email, OLD.letters_to), (Way.LETTER,)),
        (Reach("", "", "", ""), (Way.EMAIL, Way.TEXT, Way.LETTER)),
    ],
)
def test_the_old_way_confirms(after, ways):
    assert confirmed_by(OLD, after) == ways


def test_what_was_not_there_confirms_nothing_so_a_letter_does():
    before, after = Reach(), Reach(mobile="+447700900123", email="new@example.org")
    assert what_changed(before, after) == ("mobile number", "e-mail address")
    assert confirmed_by(before, after) == (Way.LETTER,)


_reaches = st.builds(Reach, *[st.sampled_from(["", "a", "b"])] * 4)


@given(_reaches, _reaches)
def test_every_change_is_confirmed_by_a_way_that_was_there(before, after):
    ways = confirmed_by(before, after)
    assert bool(ways) == (before != after)
    assert Way.EMAIL not in ways or before.email
    assert Way.TEXT not in ways or before.mobile


def test_words_in_a_sentence():
    assert together(["a"]) == "a"
    assert together(["a", "b", "c"]) == "a, b and c"
