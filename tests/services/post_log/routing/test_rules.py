"""The first rule that fits counts, and what an officer writes in one is checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import RuleField
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.post_log.dto import Holder, Priority
from app.services.post_log.routing import commands, queries
from app.services.post_log.routing.dto import Rule, RuleForm
from app.services.post_log.routing.rules import Looked, Router, phrases

MESSAGE = Looked("Re: rent increase", "Benefits", "team@dwp.gov.uk", "My neighbour complained about\nthe new  rent.")


def fits(words, field=RuleField.ANYWHERE, message=MESSAGE):
    return Router([Rule(1, field, words)]).fit(message) is not None


@pytest.mark.parametrize(
    ("words", "field", "fit"),
    [
        ("Rent Increase", RuleField.SUBJECT, True),
        ("rent increase", RuleField.TEXT, False),
        ("new rent", RuleField.TEXT, True),
        ("nothing, new rent", RuleField.ANYWHERE, True),
        ("complain", RuleField.ANYWHERE, False),
        ("complain*", RuleField.ANYWHERE, True),
        ("@dwp.gov.uk", RuleField.SENDER, True),
        ("dwp.gov", RuleField.SENDER, True),
        (" , *", RuleField.ANYWHERE, False),
        ("rent (increase", RuleField.ANYWHERE, False),
    ],
)
def test_words_phrases_and_beginnings(words, field, fit):
    assert fits(words, field) is fit


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_written_a_rule_can_be_tried(words, text):
    message = Looked("", "", "", text)
    found = fits(words, message=message)
    assert found is False or phrases(words)


@given(st.lists(st.sampled_from(["rent", "new", "absent"]), min_size=1, max_size=5))
def test_the_first_that_fits_counts(words):
    found = Router([Rule(at, RuleField.ANYWHERE, each) for at, each in enumerate(words)]).fit(MESSAGE)
    first = next((at for at, each in enumerate(words) if each != "absent"), None)
    assert (found.rule_id if found else None) == first


def save(desk, words, **more):
    desk.do(commands.save, RuleForm(RuleField.ANYWHERE, words, **more))


def listed(desk):
    return [(row.rule.words, row.position) for row in desk.ask(queries.listed)]


def test_rules_are_written_put_in_order_and_removed(desk):
    for words in ("one", " two , two", "three"):
        save(desk, words, priority=Priority.HIGH)
    first, second, _ = desk.ask(queries.listed)
    assert second.rule.words == "two"
    desk.do(commands.move, first.rule.rule_id, 1)
    desk.do(commands.move, first.rule.rule_id, 5)
    assert listed(desk) == [("two", 1), ("three", 2), ("one", 3)]
    shown = desk.ask(queries.listed)[0]
    desk.do(commands.remove, shown.rule.rule_id, shown.version)
    assert listed(desk) == [("three", 1), ("one", 2)]
    with pytest.raises(UserError, match="no longer there"):
        desk.do(commands.remove, shown.rule.rule_id, shown.version)


def test_a_rule_that_was_changed_meanwhile(desk):
    save(desk, "one", priority=Priority.LOW)
    shown = desk.ask(queries.listed)[0]
    save(desk, "other", priority=Priority.LOW, rule_id=shown.rule.rule_id, version=shown.version)
    with pytest.raises(ChangedMeanwhile):
        save(desk, "mine", priority=Priority.LOW, rule_id=shown.rule.rule_id, version=shown.version)


@pytest.mark.parametrize(
    ("words", "more", "field"),
    [
        (" , ", {"priority": Priority.HIGH}, "words"),
        ("x" * 401, {"priority": Priority.HIGH}, "words"),
        ("one", {}, "category"),
        ("one", {"holder": Holder(officer_id=999)}, "holder"),
        ("4111 1111 1111 1111", {"priority": Priority.HIGH}, "words"),
    ],
)
def test_what_a_rule_needs(desk, words, more, field):
    with pytest.raises(UserError) as refused:
        save(desk, words, **more)
    assert refused.value.field == field
