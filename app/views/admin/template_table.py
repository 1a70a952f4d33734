"""The columns of letter templates, of their wordings, and of what a wording changes; and the sheet for a new one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.letters.dto import Channel, TemplateRow, TemplateState, VersionRow
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.theme import scaled

CHANNELS = {Channel.LETTER: "Letter", Channel.EMAIL: "E-mail", Channel.TEXT: "Text"}
_STATES = {
    TemplateState.WAITING: "Waits for approval",
    TemplateState.APPROVED: "Approved",
    TemplateState.REFUSED: "Refused",
}
_TONES = {TemplateState.WAITING: "warning", TemplateState.REFUSED: "bad"}
_SIGNS = {"+": "new", "-": "gone"}


def _note(shown: TemplateRow) -> str | None:
    if shown.retired:
        return "Not in use"
    return "Waiting" if shown.waiting else None if shown.shipped else "Own"


TEMPLATES: tuple[Column[TemplateRow], ...] = (
    Column(
        "title",
        "Template",
        lambda shown: shown.title,
        205,
        floor=250,
        tone=lambda shown: "muted" if shown.retired else "",
    ),
    Column("channel", "By", lambda shown: CHANNELS[shown.channel], 60, least=2),
    Column("note", "", _note, 76, tone=lambda shown: "warning" if shown.waiting else "muted", least=1),
)
VERSIONS: tuple[Column[VersionRow], ...] = (
    Column("number", "No", lambda shown: shown.number, 44, right=True, least=2),
    Column("from_on", "From", lambda shown: shown.from_on, 96),
    Column(
        "state",
        "State",
        lambda shown: "Standard" if shown.shipped else _STATES[shown.state],
        120,
        floor=72,
        least=1,
        tone=lambda shown: _TONES.get(shown.state, ""),
    ),
    Column("written_by", "By", lambda shown: shown.written_by, 140, least=3, floor=140),
    Column("approved_by", "Approved by", lambda shown: shown.approved_by, 140, least=4, floor=140),
    Column("reason", "Why", lambda shown: shown.reason, 140, floor=80),
)
CHANGES: tuple[Column[tuple[str, str]], ...] = (
    Column("sign", "", lambda shown: _SIGNS[shown[0]], 50, tone=lambda shown: "good" if shown[0] == "+" else "bad"),
    Column("line", "Line", lambda shown: shown[1], 320, tone=lambda shown: "good" if shown[0] == "+" else "bad"),
)


def standing(shown: TemplateRow) -> str:
    """Where a template stands, in a sentence or two."""
    said = ["As it came with the program." if shown.shipped else f"Wording {shown.number}."]
    if shown.from_on and not shown.shipped:
        said.append(f"In use since {formats.day(shown.from_on)}.")
    if shown.coming_on:
        said.append(f"Another begins on {formats.day(shown.coming_on)}.")
    if shown.waiting:
        said.append("A new wording waits for approval.")
    if shown.retired:
        said.append("Not in use any more.")
    return " ".join(said)


class NewTemplateSheet(Sheet):
    """A template of the office's own: its title and how it goes out; its wording begins as the one in the editor."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "New template",
            primary="Make it",
            note="It begins with what stands in the editor now; change it there and save it as a new wording.",
        )
        self.title = LineField(120)
        self.channel = ChoiceField([(words, channel) for channel, words in CHANNELS.items()])
        self.reason = LineField(400)
        form = self.form()
        form.add("title", "&Title", self.title)
        form.add("channel", "&Goes out as", self.channel)
        form.add("reason", "&Why", self.reason, "For the officer who approves it")
        self.setMinimumWidth(scaled(460))
