"""When a line seems to be on a wrong code."""

from app.services.purchase_orders.coding.rules import Line, Rule, Usual, by_custom, usual_of, wrong

HERE, THERE = ("HR100", "4120"), ("HR100", "4130")


def rule(supplier_id=None, category_id=None, words="", centre="", code="", reason=""):
    return Rule(supplier_id, category_id, words, centre, code, reason)


def test_a_rule_sends_what_fits_all_that_it_names_to_its_code():
    line = Line(7, 3, "Boiler service, Sample Court", HERE)
    fits = rule(supplier_id=7, words="boiler", code="4130", reason="heating has a code of its own")
    assert wrong([fits], {}, line) == (THERE, "A rule: heating has a code of its own.")
    assert wrong([rule(supplier_id=8, words="boiler", code="4130")], {}, line) is None
    assert wrong([rule(words="roof", code="4130")], {}, line) is None


def test_a_rule_may_leave_half_of_the_code_as_it_is():
    assert wrong([rule(category_id=3, centre="HR200")], {}, Line(7, 3, "", HERE))[0] == ("HR200", "4120")
    assert wrong([rule(category_id=3, centre="HR100")], {}, Line(7, 3, "", HERE)) is None


def test_the_rule_that_names_most_goes_first():
    wide, narrow = rule(supplier_id=7, code="4140"), rule(supplier_id=7, words="paint", code="4130")
    assert wrong([wide, narrow], {}, Line(7, 3, "Paint", HERE))[0] == THERE


def test_four_fifths_of_five_lines_are_usual_and_fewer_are_not():
    """4 of 5 are 80 per cent; 3 of 5 are 60; 4 of 4 are too few to be a custom."""
    assert usual_of([(7, 3, THERE, 4), (7, 3, HERE, 1)]) == {(7, 3): Usual(THERE, 4, 5)}
    assert usual_of([(7, 3, THERE, 3), (7, 3, HERE, 2)]) == {}
    assert usual_of([(7, 3, THERE, 4)]) == {}


def test_what_is_off_the_usual_code_is_told_with_how_usual_it_is():
    usual = {(7, 3): Usual(THERE, 8, 9)}
    assert by_custom(usual, Line(7, 3, "", HERE)) == (
        THERE,
        "8 of 9 lines of this supplier and category in a year are on this code.",
    )
    assert by_custom(usual, Line(7, 3, "", THERE)) is None
    assert by_custom(usual, Line(7, 4, "", HERE)) is None


def test_what_is_usual_says_nothing_against_a_rule_that_fits():
    usual = {(7, 3): Usual(HERE, 9, 10)}
    toner = rule(words="toner", code="4130")
    assert wrong([toner], usual, Line(7, 3, "Toner, black", THERE)) is None
    assert wrong([toner], usual, Line(7, 3, "Paper", THERE))[0] == HERE
