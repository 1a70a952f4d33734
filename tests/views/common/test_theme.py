import re
from dataclasses import fields

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from app.services.core.resources import resource
from app.views.common.fields_pickers import Picker
from app.views.common.parts import column, label, restyle, row, scrolled
from app.views.common.theme import Scheme, Theme, Tokens, dress, load_tokens, style_of, style_sheet, tokens

READ = [
    *((ink, ground) for ink in ("strong", "text", "muted") for ground in ("page", "surface", "raised", "alternate")),
    ("text", "selected"),
    ("strong", "selected"),
    ("brand", "surface"),
    ("brand", "brand_soft"),
    ("on_brand", "brand"),
    ("on_brand", "brand_hover"),
    *((tone, ground) for tone in ("bad", "good", "warning") for ground in ("surface", "raised", "alternate", "page")),
    *((tone, f"{tone}_soft") for tone in ("bad", "good", "warning")),
    ("bad", "selected"),
    ("good", "selected"),
    ("surface", "focus"),
]
"""Text and the ground it is read on: WCAG 2.2 AA asks for 4.5 to 1."""
SEEN = [("control_line", "surface"), ("focus", "surface"), ("focus", "page"), ("brand", "surface")]
"""The edges of fields and the ring of the focus: 3 to 1."""


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_worked_out_as_wcag_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(("pairs", "least"), [(READ, 4.5), (SEEN, 3.0)])
def test_everything_can_be_read(scheme, pairs, least):
    shown = load_tokens(scheme)
    poor = {
        (ink, ground): round(found, 2)
        for ink, ground in pairs
        if (found := contrast(getattr(shown, ink), getattr(shown, ground))) < least
    }
    assert poor == {}


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_style_sheet_has_no_colour_but_tokens_and_no_length_left_unscaled(scheme):
    sheet = style_sheet(scheme)
    allowed = {str(getattr(load_tokens(scheme), field.name)) for field in fields(Tokens)}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)) <= allowed
    assert "$" not in sheet
    assert not re.search(r"\d(sp)\b", sheet)


def test_lengths_and_letters_grow_with_the_text_size():
    assert "font-size: 15pt" in style_sheet(Scheme.LIGHT, 100)
    assert "font-size: 30pt" in style_sheet(Scheme.LIGHT, 200)


def test_the_theme_dresses_the_application_and_says_so(qapp, theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.choose(Scheme.DARK, 150)
    assert tokens().page == "#12181D"
    assert qapp.font().pointSizeF() == pytest.approx(15)
    assert qapp.palette().window().color().name().upper() == "#12181D"


def test_the_system_scheme_is_followed_until_the_officer_chooses(qapp, theme):
    theme.choose(Scheme.SYSTEM)
    assert theme.scheme in {Scheme.LIGHT, Scheme.DARK}
    assert theme.wanted is Scheme.SYSTEM


def test_a_text_size_out_of_bounds_is_brought_within(theme: Theme):
    theme.choose(text_size=1000)
    assert theme.text_size == 200


@pytest.fixture
def window(qtbot):
    """A window that wears the theme, with a title in a row in a column."""
    made = QWidget()
    qtbot.addWidget(made)
    made.title = label("A title", "title")
    column(made, row(made.title))
    made.show()
    return made


def test_windows_wear_the_sheet_and_the_application_does_not(qapp, window):
    assert window.title.font().pointSizeF() == 15
    assert qapp.styleSheet() == ""


def test_what_is_put_into_a_window_is_styled_as_what_was_there(window):
    late = label("Later", "title")
    assert late.font().pointSizeF() == 10
    window.layout().addWidget(late)
    late.ensurePolished()
    assert late.font() == window.title.font()


def test_every_window_takes_another_text_size_and_what_hears_of_it_finds_it_taken(window, theme, qtbot):
    other = QWidget()
    qtbot.addWidget(other)
    inside = QLabel("Words", other)
    inside.setProperty("role", "title")
    found = []
    receiver = theme.changed.connect(lambda: found.append(window.title.font().pointSizeF()))
    theme.choose(text_size=200)
    theme.changed.disconnect(receiver)
    inside.ensurePolished()
    assert found == [30] == [inside.font().pointSizeF()]


def test_menus_and_lists_that_drop_down_wear_it_too(window, theme):
    menu = QMenu(window)
    picker = Picker(lambda *_: None, "an account", "name")
    popup = picker.completer_popup()
    for each in (menu, popup):
        with style_of(each) as style:
            assert style is not QApplication.style()
    theme.choose(Scheme.DARK)
    assert popup.styleSheet() == theme.sheet
    picker.deleteLater()


def test_nothing_is_remembered_of_what_draws_a_window(window):
    with style_of(window.title) as style:
        assert shiboken6.isValid(style)
    assert not shiboken6.isValid(style)
    assert shiboken6.isValid(QApplication.style())


def test_what_is_restyled_may_restyle_what_is_in_it(window):
    class Outer(QLabel):
        def changeEvent(self, event):  # noqa: N802  Qt's name
            if event.type() == QEvent.Type.FontChange:
                restyle(window.title, role="heading")
            super().changeEvent(event)

    outer = Outer()
    window.layout().addWidget(outer)
    outer.ensurePolished()
    restyle(outer, role="title")
    restyle(outer, role="")
    assert window.title.font().pointSizeF() == 11


def test_a_theme_changed_after_a_window_has_gone_dresses_the_others(window, theme):
    gone = QWidget()
    dress(gone)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.choose(text_size=150)
    assert window.styleSheet() == theme.sheet


def test_what_scrolls_asks_for_its_room_anew_when_it_is_styled(window):
    words = label("The heading of what scrolls", "title")
    inside = QWidget()
    inside.setLayout(column(None, column(None, words)))
    area = scrolled(inside)
    assert inside.sizeHint().height() < window.title.sizeHint().height()
    window.layout().addWidget(area)
    assert inside.sizeHint() == words.sizeHint()


def rules() -> list[tuple[list[str], dict[str, str]]]:
    """The style sheet as rules: the selectors of each, and its declarations with tokens by name."""
    text = re.sub(r"/\*.*?\*/", "", resource("styles", "rentbook.qss").read_text("utf-8"), flags=re.DOTALL)
    found = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        declared = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        names = {key.strip(): re.findall(r"\$(\w+)", value) for key, value in declared.items()}
        tokens_of = {key: values[-1] for key, values in names.items() if values}
        found.append(([" ".join(each.split()) for each in selectors.split(",")], tokens_of))
    return found


def grounds(selector: str, styled: dict[str, dict[str, str]]) -> set[str]:
    """What a selector's words may stand on: its own ground, that of the same thing without its state, else the page's."""
    plain = selector
    while plain:
        if ground := styled.get(plain, {}).get("background"):
            return {ground}
        shorter = re.sub(r"(:{1,2}!?[\w-]+|\[[^\]]*\])$", "", plain)
        if shorter == plain:
            break
        plain = shorter
    container = re.match(r"(QFrame#message(?:\[tone=\"\w+\"\])?|QStatusBar) ", selector)
    if container:
        return {styled[container[1]]["background"]}
    return {"page", "surface", "raised"}


def pairs_in_use() -> set[tuple[str, str]]:
    """Every colour of text in the style sheet with every ground that it may be read on."""
    styled: dict[str, dict[str, str]] = {}
    for selectors, declared in rules():
        for selector in selectors:
            styled.setdefault(selector, {}).update(declared)
    return {
        (declared["color"], ground)
        for selector, declared in styled.items()
        if "color" in declared
        for ground in grounds(selector, styled)
    } | {
        (declared["selection-color"], declared["selection-background-color"])
        for declared in styled.values()
        if {"selection-color", "selection-background-color"} <= declared.keys()
    }


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_pair_of_the_style_sheet_can_be_read(scheme):
    shown, pairs = load_tokens(scheme), pairs_in_use()
    assert {("on_brand", "brand"), ("muted", "surface"), ("bad", "bad_soft")} <= pairs
    poor = {
        (ink, ground): round(found, 2)
        for ink, ground in pairs
        if (found := contrast(getattr(shown, ink), getattr(shown, ground))) < 4.5
    }
    assert poor == {}


def test_the_colours_that_tables_and_lists_draw_with_can_be_read():
    """What is painted by hand stands on a row: plain, alternate or selected."""
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        shown = load_tokens(scheme)
        for ink in ("text", "strong", "muted", "bad", "good", "warning"):
            for ground in ("surface", "alternate", "selected"):
                found = contrast(getattr(shown, ink), getattr(shown, ground))
                assert found >= 4.5, (scheme, ink, ground, round(found, 2))
