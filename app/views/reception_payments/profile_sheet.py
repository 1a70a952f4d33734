"""A profile of files of receipts as a form, tried on a file: its first lines as they are read stand under it."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QScrollArea, QWidget

from app.services.core.effects import Effect
from app.services.reception_payments.files.dto_read import Sample, SampleLine
from app.services.reception_payments.files.layouts import (
    CHANNELS,
    USUAL_CODES,
    CleanUp,
    Form,
    Layout,
    Negatives,
    Profile,
    Trailer,
)
from app.services.reception_payments.files.profiles import rules, wording
from app.services.reception_payments.files.profiles.dto import NewProfile
from app.services.reception_payments.files.reading.cells import DATES
from app.views.common import formats
from app.views.common.columns import Column, ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_count import CountField
from app.views.common.parts import action_button, label
from app.views.common.signed_columns import signed_column
from app.views.reception_payments.file_tables import FAULTS

NAME, WHY, WORD, CODE, PLACE, LONG = 60, 200, 60, 8, 12, 2_000
TRY: Final = "Try it on a file with Ctrl+T: its first lines are shown as they are read."
NEGATIVES: Final = {
    Negatives.REFUSED: "Refused: the file has none",
    Negatives.REAL: "Posted: clawbacks and chargebacks",
    Negatives.RETURNED: "They take the receipt back that came back",
}
_ROWS: Final = 6
_SAMPLE: tuple[Column[SampleLine], ...] = (
    Column("place", "Line", lambda row: row.place, 52, right=True),
    Column("given", "Reference given", lambda row: row.given, 130, floor=124),
    Column("reference", "Looked up as", lambda row: row.reference, 120, floor=104),
    Column("paid_on", "Paid on", lambda row: row.paid_on, 92),
    signed_column("amount", "Amount", lambda row: row.amount, 90),
    Column("code", "Code", lambda row: row.code, 56, firm=True),
    Column("payer", "Payer", lambda row: row.payer, 120, floor=90, least=2),
    Column("narrative", "Text", lambda row: row.narrative, 120, floor=90, least=3),
    Column("marker", "Number", lambda row: row.marker, 100, floor=80, least=1),
)


class ProfileSheet(WorkSheet):
    """How a kind of file is read.

    Signals:
        try_wanted: choose a file to try it on.
    """

    try_wanted = Signal()

    def __init__(self, parent: QWidget, shown: Profile | None) -> None:
        title = "New profile" if shown is None else shown.name if not shown.shipped else f"A copy of '{shown.name}'"
        note = "Ask whoever sends the file how it is made; nothing is guessed. Try it before you keep it."
        super().__init__(parent, title, save="Keep it", note=note, width=1180)
        self._shown = shown
        self.fields = self.form()
        self._add_file()
        self._add_amounts()
        self._add_rest()
        self._tables: list[DataTable] = []
        self.sample: ListModel[SampleLine] = ListModel(_SAMPLE)
        self.faults = ListModel(FAULTS)
        for words, model, stretch in (
            ("The first lines as they are read", self.sample, "given"),
            ("What doesn't fit", self.faults, "message"),
        ):
            table = DataTable(words, model, stretch=stretch, empty="Nothing yet.")
            table.setMinimumHeight(row_height() * _ROWS)
            self.add_below(label(words, "strong"))
            self.add_below(table, 1)
            self._tables.append(table)
        tries = QAction("Try it on a file", self)
        tries.setShortcut(QKeySequence("Ctrl+T"))
        tries.triggered.connect(self.try_wanted)
        self.addAction(tries)
        self.left_buttons.addWidget(action_button(tries, icon="file-eye-outline"))
        self.fields.fill(_values(shown))
        self.fields.changed.connect(self._fit)
        self._fit()
        self.effects.say(TRY)

    def layout_of(self) -> Layout:
        """The layout as it stands here.

        Raises:
            UserError: a line of columns or kinds says nothing.
        """
        values = self.fields.values()
        form = Form(values["form"])
        codes, passed_over = wording.kinds_of(str(values["codes"] or ""))
        return Layout(
            channel=values["channel"],
            form=form,
            separator=values["separator"] if form is Form.DELIMITED else "",
            encoding=values["encoding"],
            skip=values["skip"] or 0,
            headings=bool(values["headings"]) and form is Form.DELIMITED,
            header_mark=_word(values["header_mark"]),
            trailer=_trailer(values, form),
            columns=wording.columns_of(
                str(values["columns"] or ""), form, headings=bool(values["headings"]) and form is Form.DELIMITED
            ),
            date_format=values["date_format"] or "",
            amount=values["amount"],
            decimals=2 if values["decimals"] is None else values["decimals"],
            sign=values["sign"],
            minus_words=tuple(each.strip() for each in _word(values["minus_words"]).split(";") if each.strip()),
            turned=bool(values["turned"]),
            negatives=values["negatives"],
            code=_word(values["code"]).upper(),
            codes=codes,
            passed_over=passed_over,
            clean_up=CleanUp(
                values["keep"], _word(values["prefix"]).upper(), values["last"] or 0, bool(values["zeros"])
            ),
        )

    def command(self) -> NewProfile:
        """What is asked to be kept.

        Raises:
            UserError: as `layout_of`.
        """
        values, shown = self.fields.values(), self._shown
        own = shown if shown is not None and not shown.shipped else None
        return NewProfile(
            _word(values["name"]),
            self.layout_of(),
            _word(values["why"]),
            own.profile_id if own is not None else None,
            own.version if own is not None else 0,
        )

    def show_sample(self, found: Sample) -> None:
        """Show what the layout makes of a file."""
        self.sample.show_rows(found.lines)
        self.faults.show_rows(found.mistakes)
        told = [Effect(found.file_name, words, warns=at > 0) for at, words in enumerate(found.told)]
        if found.dates:
            told.append(
                Effect("Days", f"These fit every day in it: {', '.join(found.dates)}", warns=len(found.dates) > 1)
            )
        if found.mistakes:
            told.append(
                Effect("What doesn't fit", f"{formats.count(len(found.mistakes), 'line')}: see below.", warns=True)
            )
        self.effects.show_effects(told)
        self._show_table(self._tables[1 if found.mistakes else 0])

    def _show_table(self, table: DataTable) -> None:
        """Bring a table under the fields into sight."""
        above = table.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(table)

    def _add_file(self) -> None:
        add = self.fields.add
        add("name", "&Name", LineField(NAME))
        add("channel", "What comes &by it", ChoiceField([(words, each) for each, words in CHANNELS.items()]))
        add("form", "&Lines", ChoiceField([(words, each) for each, words in rules.FORMS.items()]))
        self.fields.add_beside(
            ("separator", "&Separator", ChoiceField([(words, each) for each, words in rules.SEPARATORS.items()])),
            ("encoding", "C&haracters", ChoiceField([(words, each) for each, words in rules.ENCODINGS.items()])),
        )
        add("headings", "", TickField("The first record names the &columns"))
        self.fields.add_beside(
            ("skip", "Lines abo&ve", CountField("lines", least=0)), ("header_mark", "headers begin", LineField(WORD))
        )
        where = "A line each: Reference = its heading, or its number. Of fixed width: first character, how many."
        add("columns", "Col&umns", AreaField(LONG, height=130), f"{where} There are: {wording.field_titles()}.")
        dates = [("Choose, or the day is typed at loading", ""), *((words, each) for each, words in DATES.items())]
        add("date_format", "&Days as", ChoiceField(dates))

    def _add_amounts(self) -> None:
        add = self.fields.add
        self.fields.add_beside(
            ("amount", "&Amounts as", ChoiceField([(words, each) for each, words in rules.AMOUNTS.items()])),
            ("decimals", "decimals", CountField("decimals", least=0)),
        )
        self.fields.add_beside(
            ("sign", "A &minus as", ChoiceField([(words, each) for each, words in rules.SIGNS.items()])),
            ("minus_words", "words for it", LineField(WORD, placeholder="Such as D; R")),
        )
        add("turned", "", TickField("Pa&yments are written as negative amounts"))
        add("negatives", "Money that &goes back", ChoiceField([(words, each) for each, words in NEGATIVES.items()]))
        add("code", "C&ode", LineField(CODE), "Of every line whose kind names no other")
        kinds = "A line each: Cash = RCO. A kind that is no receipt: Note = -"
        add("codes", "&Kinds of lines", AreaField(LONG, height=70), kinds)

    def _add_rest(self) -> None:
        self.fields.add_beside(
            ("keep", "Re&ferences keep", ChoiceField([(words, each) for each, words in rules.KEEPS.items()])),
            ("prefix", "without in front", LineField(WORD)),
        )
        self.fields.add("last", "only the last", CountField("characters", least=0), "Characters; empty: all of them")
        self.fields.add("zeros", "", TickField("Without leading &zeros"))
        self.fields.add("trailer", "T&railer begins", LineField(WORD), "Empty: the file has none")
        self.fields.add_beside(
            ("count_at", "number of lines at", LineField(PLACE)), ("total_at", "total at", LineField(PLACE))
        )
        self.fields.add("counts_all", "", TickField("Its number counts the header and itself too"))
        self.fields.add("why", "Why", LineField(WHY, placeholder="What you changed, for whoever looks at it"))

    def _fit(self) -> None:
        values = self.fields.values()
        fixed = values["form"] is Form.FIXED
        rows = {
            "separator": not fixed,
            "headings": not fixed,
            "count_at": bool(values["trailer"]),
            "counts_all": bool(values["trailer"]),
            "zeros": True,
        }
        for name, there in rows.items():
            self.fields.setRowVisible(self.fields.labels[name], there)
        if not values["code"] and not values["codes"] and values["channel"] in USUAL_CODES and self._shown is None:
            self.fields.field("code").setPlaceholderText(f"Such as {USUAL_CODES[values['channel']]}")  # type: ignore[attr-defined]


def _values(shown: Profile | None) -> dict[str, Any]:
    """What stands in the fields of a profile."""
    layout = shown.layout if shown is not None else Layout(headings=True, date_format="")
    name = "" if shown is None else f"{shown.name.removeprefix('Example: ').capitalize()}"[:NAME]
    return {
        "name": name if shown is None or shown.shipped else shown.name,
        **{each: getattr(layout, each) for each in _PLAIN},
        "skip": layout.skip or None,
        "columns": wording.columns_text(layout.columns, layout.form),
        "minus_words": "; ".join(layout.minus_words),
        "codes": wording.kinds_text(layout.codes, layout.passed_over),
        "keep": layout.clean_up.keep,
        "prefix": layout.clean_up.prefix,
        "last": layout.clean_up.last or None,
        "zeros": layout.clean_up.zeros,
        "trailer": layout.trailer.mark,
        "count_at": wording.place_text(layout.trailer.count_at, layout.trailer.count_length, layout.form),
        "total_at": wording.place_text(layout.trailer.total_at, layout.trailer.total_length, layout.form),
        "counts_all": layout.trailer.counts_all,
    }


_PLAIN: Final = (
    "channel",
    "form",
    "separator",
    "encoding",
    "headings",
    "header_mark",
    "date_format",
    "amount",
    "decimals",
    "sign",
    "turned",
    "negatives",
    "code",
)


def _trailer(values: dict[str, Any], form: Form) -> Trailer:
    mark = _word(values["trailer"])
    if not mark:
        return Trailer()
    count = wording.place_of(_word(values["count_at"]), form, "count_at")
    total = wording.place_of(_word(values["total_at"]), form, "total_at")
    return Trailer(mark, *count, *total, bool(values["counts_all"]))


def _word(value: Any) -> str:
    return str(value or "").strip()
