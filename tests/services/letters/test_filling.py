"""Filling in fields: what is wrong is a sentence with its line, and nothing a wording does takes long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.errors import UserError
from app.services.letters import fields, language
from app.services.letters.dto import Wording
from app.services.letters.filling import blanks, fill, problems

KNOWN = frozenset({"account.reference", "account.property", "balance.owed", "balance.amount"})
VALUES = {
    "account": {"reference": "0012 4471 03"},
    "balance": {"owed": True, "amount": "£412.86"},
    "ask": {"day": "Monday"},
}


def said(body, subject=""):
    return [str(problem) for problem in problems(Wording(subject, body), VALUES, KNOWN)]


def test_fields_conditions_and_blanks_are_filled_in():
    body = "{{ account.reference }}: {% if balance.owed %}{{ balance.amount }} by {{ ask.day }}{% endif %}"
    assert fill(Wording("About {{ account.reference }}", body), VALUES, KNOWN).body == "0012 4471 03: £412.86 by Monday"
    assert fill(Wording("About {{ account.reference }}", body), VALUES, KNOWN).subject_line == "About 0012 4471 03"


def test_a_misspelt_field_is_named_with_its_line_also_where_a_condition_passes_it_over():
    assert said("Dear all,\n{% if balance.paid %}{{ account.refrence }}{% endif %}") == [
        "Line 2: There is no field 'balance.paid'. Did you mean 'balance.owed'?",
        "Line 2: There is no field 'account.refrence'. Did you mean 'account.reference'?",
    ]


def test_an_empty_field_is_told_from_a_misspelt_one():
    with pytest.raises(UserError, match=r"Line 1: The field 'account.property' is empty for this account"):
        fill(Wording("", "{{ account.property }}"), VALUES, KNOWN)


def test_an_empty_field_can_be_asked_about_and_replaced():
    body = "{% if account.property %}x{% else %}y{% endif %} {{ account.property | default: 'none' }}"
    assert fill(Wording("", body), VALUES, KNOWN).body == "y none"


def test_a_blank_that_nobody_filled_in_is_named_by_its_title():
    with pytest.raises(UserError, match="'Day and time' is not filled in"):
        fill(Wording("", "On {{ ask.day_and_time }}"), VALUES, KNOWN)
    assert blanks(Wording("{{ ask.b }}", "{{ ask.a_day }} {{ ask.b }}")) == (("b", "B"), ("a_day", "A day"))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "a\n{% for i in (1..100000000) %}{% for j in (1..100000000) %}x{% endfor %}{% endfor %}",
            "Line 2: This loop goes round too often. A letter may go round 500 times in all.",
        ),
        (
            "{% assign x = 'aaaaaaaa' %}{% for i in (1..499) %}{% assign x = x | append: x %}{% endfor %}",
            "Line 1: The letter becomes too long when it is filled in. Take out what repeats itself.",
        ),
        (
            "{% for i in (1..22) %}{% for j in (1..22) %}" + "x" * 60 + "{% endfor %}{% endfor %}",
            "Line 1: The letter becomes too long when it is filled in. Take out what repeats itself.",
        ),
        (
            "{% if balance.owed %}yes",
            "Line 1: Something that was begun is never ended: 'endif' is missing. Write it where it ends.",
        ),
        ("Hello\n{{ account.reference", "Line 2: A field or condition is not closed: '}}' is missing."),
        ("{{ }}", "Line 1: A field is empty: nothing stands between its braces."),
        ("{% include 'x' %}", "Line 1: 'include' can't be used here. Letters know if, unless, case, for and assign."),
    ],
)
def test_what_is_wrong_is_a_sentence(body, sentence):
    assert said(body) == [sentence]


@pytest.mark.parametrize("turn", ["reversed", "offset: 999999999990", "limit: 1 offset: 999999999990"])
def test_a_range_without_end_is_not_gone_through_to_find_its_end(turn):
    assert said(f"{{% for i in (1..999999999999) {turn} %}}x{{% endfor %}}") == [
        "Line 1: This loop goes round too often. A letter may go round 500 times in all."
    ]


@pytest.mark.parametrize(("mark", "end"), [("{{", "}}"), ("{%", "%}"), ("{% a", "%}")])
def test_braces_without_end_are_told_of_at_once(mark, end):
    assert said("\n" + mark * 900) == [f"Line 2: A field or condition is not closed: '{end}' is missing."]


def test_half_a_character_is_a_sentence():
    assert said("one\ntwo \ud83d") == ["Line 2: One character was pasted only by half. Delete it and type it again."]


def test_a_filter_that_letters_do_not_know_names_those_that_they_do():
    assert said("{{ account.reference | times: 2 }}")[0].startswith("Line 1: There is no filter 'times'. There are: ap")


def test_time_runs_out_for_a_wording_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(language, "_MOST_SECONDS", -1.0)
    assert said("\n{% for i in (1..2) %}{{ i }}{% endfor %}") == [
        "Line 2: The wording takes too long to fill in. Take out loops inside loops."
    ]


def test_a_wording_that_is_too_long_is_not_even_read():
    assert said("x" * 5_000_000) == ["Line 1: The wording has 5,000,000 characters; 4,000 is the most."]


@given(st.text(alphabet="{}%| .abifendor\n'12(", max_size=200))
def test_whatever_is_typed_ends_in_words_or_in_sentences(body):
    wrong = problems(Wording("", body), VALUES, KNOWN)
    assert all(problem.message and problem.line >= 1 for problem in wrong)


def test_every_field_has_an_example_that_fills_it():
    everything = "\n".join(f"{{{{ {field.key} }}}}" for field in fields.listed())
    assert problems(Wording("", everything), fields.examples(), fields.known()) == ()
