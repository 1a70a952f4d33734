"""The sheet that says which heading of a file is which of our columns, where they don't all have our names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.services.imports.dto import FileHeadings, Heading
from app.services.imports.mapping import named_twice
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField
from app.views.common.parts import label, restyle
from app.views.common.theme import scaled

_WIDE, _HIGH, _A_LINE, _REST = 640, 620, 64, 210
_NOTE = "Say what each heading stands for; the rest is left out."
_REMEMBERS = "Rentbook remembers it for files with the same headings."
_WHOLE = "Nothing is missing."
_TWIN = "Another heading has the same name: leave both out, or rename one in the file"


class HeadingsSheet(Sheet):
    """What each heading of a file is read as.

    Args:
        unclear: says what keeps it from being read as chosen, empty if nothing does.
        remembers: what is chosen is kept for files with the same headings.
    """

    def __init__(
        self,
        parent: QWidget,
        found: FileHeadings,
        unclear: Callable[[Sequence[Heading]], str],
        *,
        remembers: bool,
    ) -> None:
        note = f"{_NOTE} {_REMEMBERS}" if remembers else _NOTE
        super().__init__(parent, f"Columns of {found.file_name}", primary="Read the file", note=note)
        self._headings, self._unclear = found.headings, unclear
        offered: list[tuple[str, object]] = [("Left out", ""), *((each.title, each.key) for each in found.fields)]
        twins = named_twice(heading.name for heading in found.headings)
        self.fields = self.scrolling_form()
        for at, heading in enumerate(found.headings):
            field = ChoiceField(offered)
            field.set_value(heading.field)
            shown = ", ".join(heading.examples)
            said = [_TWIN] if heading.name in twins else []
            said += [f"Such as: {shown}"] if shown else []
            self.fields.add(str(at), heading.name.replace("&", "&&"), field, ". ".join(said))
        self._said = label("", "strong", wrap=True)
        self.body.addWidget(self._said)
        self.resize(scaled(_WIDE), scaled(min(_HIGH, _A_LINE * len(found.headings) + _REST)))
        self.fields.changed.connect(self._look)
        self.begin_at(self.fields.field("0"))
        self._look()

    def command(self) -> dict[str, str]:
        """Our column by each heading; empty: left out."""
        return {heading.name: heading.field for heading in self._chosen()}

    def _chosen(self) -> list[Heading]:
        values = self.fields.values()
        return [replace(heading, field=values[str(at)] or "") for at, heading in enumerate(self._headings)]

    def _look(self) -> None:
        """Say what is missing, or can't be told apart; so the file can't be read."""
        missing = self._unclear(self._chosen())
        self._said.setText(missing or _WHOLE)
        restyle(self._said, tone="bad" if missing else "")
        self.confirm_action.setEnabled(not missing)
