"""The categories of post: the list, and the form of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.post_log.categories.dto import USUAL, CategoryForm, CategoryRow
from app.services.post_log.routing.dto import Choices
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.theme import scaled
from app.views.post_log.choices import holder_choices

_WIDE: Final = 600
_SAME: Final = "E-mails and text messages say the same in their own form"
ABOUT: Final = (
    "The time to acknowledge and to answer is changed in Admin, Policy values, with a second officer: find 'post'. "
    "What an acknowledgement says is changed in Admin, Letter templates."
)
_POST: Final = "Post: "
CATEGORIES: tuple[Column[CategoryRow], ...] = (
    Column("name", "Category", lambda row: row.name, 240, floor=215),
    Column("acknowledge", "Acknowledged in", lambda row: row.acknowledge, 130, firm=True),
    Column("answer", "Answered in", lambda row: formats.words(row.answer), 190, firm=True),
    Column("holder", "Goes to", lambda row: row.holder_name, 170, floor=70),
    Column("letter", "Acknowledged with", lambda row: _short(row.acknowledgement_title), 210, least=2),
    Column("high", "Priority", lambda row: "High" if row.high else "", 72, tone=lambda _row: "bad"),
    Column("months", "Kept for", lambda row: formats.count(row.months, "month"), 96, firm=True),
    Column("open", "Open", lambda row: row.open or None, 64, right=True),
    Column("key", "Key", lambda row: row.key, 130, spare=True),
    Column("retired", "", lambda row: "Retired" if row.retired else "", 72, tone=lambda _row: "muted"),
)


class CategorySheet(Sheet):
    """One category as a form."""

    def __init__(
        self,
        parent: QWidget,
        choices: Choices,
        shown: CategoryRow | None,
        letters: Sequence[tuple[str, str]] = (),
    ) -> None:
        note = ABOUT if shown else "It begins with the standard of every category that has none of its own."
        super().__init__(parent, f"Category: {shown.name}" if shown else "New category", primary="Save", note=note)
        self._shown = shown
        self.holder = ChoiceField(holder_choices(choices, "Nobody"))
        self.fields = fields = self.form()
        fields.add("name", "&Name", LineField(80))
        fields.add("holder", "&Goes to", self.holder, "Where no rule says otherwise")
        fields.add("acknowledgement", "&Acknowledge with", ChoiceField(_letters(letters, shown)), _SAME)
        fields.add("high", "Priority", TickField("Logged with &high priority"))
        fields.add("months", "&Kept for", LineField(5), "Months after it was closed; 72 are six years")
        self.setMinimumWidth(scaled(_WIDE))
        if shown is None:
            fields.fill({"acknowledgement": USUAL})
            return
        if not shown.fixed:
            fields.add("retired", "Use", TickField("&Retired: offered no more"))
        values = {"name": shown.name, "holder": shown.holder, "high": shown.high, "months": str(shown.months)}
        fields.fill({**values, "retired": shown.retired, "acknowledgement": shown.acknowledgement})

    def command(self) -> CategoryForm:
        """What the fields say."""
        values = self.fields.values()
        months = str(values["months"]).strip()
        return CategoryForm(
            name=values["name"],
            months=int(months) if months.isascii() and months.isdigit() else None,
            holder=values["holder"],
            high=values["high"],
            retired=bool(values.get("retired")),
            category_id=self._shown.category_id if self._shown else None,
            version=self._shown.version if self._shown else 0,
            acknowledgement=values["acknowledgement"],
        )


def _letters(known: Sequence[tuple[str, str]], shown: CategoryRow | None) -> list[tuple[str, object]]:
    """What may acknowledge; what the category has stays choosable, also where it is out of use."""
    found = dict(known)
    if shown is not None and shown.acknowledgement:
        found.setdefault(shown.acknowledgement, shown.acknowledgement_title)
    return [("Nothing is sent", ""), *((_short(title), key) for key, title in found.items())]


def _short(title: str) -> str:
    """`Post: acknowledgement of a complaint` without what all of them begin with."""
    words = title.removeprefix(_POST)
    return f"{words[:1].upper()}{words[1:]}"
