"""The layout of the finance system's file: which columns it has, in which order and under which headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.purchase_orders.finance.layouts import Field, Profile
from app.services.purchase_orders.finance.profiles import DATES, FORMATS, SEPARATORS
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.theme import scaled

_TITLE, _WIDE, _HIGH = 120, 640, 300


class LayoutSheet(Sheet):
    """A layout that is changed, or a new one that begins as another is.

    The columns are lines, `Field = Heading`, in the order of the file: a line is moved or taken out as text is.
    """

    def __init__(self, parent: QWidget, layouts: Sequence[Profile], fields: Sequence[Field]) -> None:
        note = (
            "A line for each column, in the order of the file: the field, and after = what stands over it. The shipped"
            " layout stays as it is; what is kept of it is a layout of its own."
        )
        super().__init__(parent, "Layouts of the finance system's file", primary="Keep the layout", note=note)
        self._layouts = {each.key: each for each in layouts}
        self._fields = {each.title.casefold(): each.key for each in fields}
        self._titles = {each.key: each.title for each in fields}
        self.fields = form = self.form()
        self._which = ChoiceField([(each.title, each.key) for each in layouts])
        form.add("which", "&Layout", self._which)
        form.add("title", "&Title", LineField(_TITLE))
        form.add("format", "&File", ChoiceField([(words, key) for key, words in FORMATS.items()]))
        form.add("separator", "&Separator", ChoiceField([(words, key) for key, words in SEPARATORS.items()]))
        form.add("dates", "&Dates as", ChoiceField([(words, key) for key, words in DATES.items()]))
        every = "Fields: " + ", ".join(each.title for each in fields)
        form.add("columns", "&Columns", AreaField(4_000, height=_HIGH), every)
        self._which.changed.connect(lambda *_: self._show())
        self.setMinimumWidth(scaled(_WIDE))
        self._show()

    def command(self) -> Profile:
        """The layout as it stands here.

        Raises:
            UserError: a line names no field.
        """
        values = self.fields.values()
        chosen = self._chosen
        columns = tuple(self._read(line) for line in str(values["columns"]).splitlines() if line.strip())
        title = str(values["title"])
        key = "" if chosen.shipped or title != chosen.title else chosen.key
        return Profile(
            key, title, values["format"], values["separator"], values["dates"], columns, version=chosen.version
        )

    @property
    def _chosen(self) -> Profile:
        return self._layouts[str(self._which.value())]

    def _show(self) -> None:
        """The layout that is chosen, to be changed."""
        chosen = self._chosen
        title = f"{chosen.title}, ours" if chosen.shipped else chosen.title
        columns = "\n".join(f"{self._titles[key]} = {heading}" for key, heading in chosen.columns)
        self.fields.fill(
            {
                "title": title,
                "format": chosen.format,
                "separator": chosen.separator,
                "dates": chosen.dates,
                "columns": columns,
            }
        )

    def _read(self, line: str) -> tuple[str, str]:
        name, _, heading = (part.strip() for part in line.partition("="))
        key = self._fields.get(name.casefold())
        if key is None:
            raise UserError(f"There is no field '{name}'.", "Write it as in the list under the columns.", "columns")
        return key, heading or self._titles[key]
