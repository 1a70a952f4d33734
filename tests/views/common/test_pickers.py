"""The field that finds a record: Enter before the answer, the answer after the officer has moved on, and none at all."""

from PySide6.QtCore import Qt

from app.views.common.fields import LineField
from app.views.common.fields_pickers import Picked, account_picker


def test_enter_from_a_scanner_waits_for_the_answer_and_goes_on(shown, qtbot):
    """The digits and Enter come at once; the answer comes later, when it may be another field's turn."""
    answers = []
    field, after = account_picker(lambda text, then: answers.append((text, then))), LineField()
    shown(("account", "&Account", field), ("next", "&Next", after))
    qtbot.keyClicks(field, "7000006801")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    [(text, then)] = answers
    assert (text, field.hasFocus(), field.value()) == ("7000006801", True, None)
    then([Picked(68, "Ms Ann Millpond", "7000006801")])
    assert (field.value(), after.hasFocus()) == (68, True)

    field.setFocus()
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: len(answers) == 2)
    answers[1][1]([Picked(7, "Mx Sam Specimen")])
    assert (field.value(), after.hasFocus()) == (7, True)


def test_enter_before_the_answer_opens_the_list_of_several_and_says_that_nothing_is_found(shown, qtbot):
    answers = []
    field, after = account_picker(lambda _text, then: answers.append(then)), LineField()
    shown(("account", "&Account", field), ("next", "&Next", after))
    qtbot.keyClicks(field, "mill")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    answers.pop()([Picked(1, "Ms Ann Millpond", "7001"), Picked(2, "Mr Joe Millpond", "7002")])
    assert field.completer_popup().isVisible()
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field.completer_popup(), Qt.Key.Key_Return)  # what is listed is the answer to other words
    assert field.value() is None
    answers.pop()([])
    model = field.completer_popup().model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Nothing is found by that."]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert after.hasFocus()
