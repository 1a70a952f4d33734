"""Who is here: the desks at which somebody is signed in, and maintenance, which closes Rentbook to all but those who look after it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

import app
from app.services.admin.maintenance import MOST_WORDS
from app.services.admin.sessions.dto import LOST, Announced, SessionRow, SessionsPage
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.fields_count import CountField
from app.views.common.parts import action_button, filter_button, restyle
from app.views.common.parts import row as row_of

_MINUTES: Final = 15


def _tone(row: SessionRow) -> str:
    return "" if row.here else "muted"


def _state_tone(row: SessionRow) -> str:
    return "good" if row.how == "Here" else "muted"


def _when(moment: datetime) -> str:
    return formats.moment(moment)


HERE: tuple[Column[SessionRow], ...] = (
    Column("officer", "Officer", lambda row: row.officer, 170, tone=_tone),
    Column("computer", "Computer", lambda row: row.computer, 140, floor=110, tone=_tone),
    Column("page", "Page", lambda row: row.page, 140, least=2, floor=100, tone=_tone),
    Column("since", "Since", lambda row: row.since, 130, shown=lambda row: _when(row.since), least=3, tone=_tone),
    Column(
        "seen", "Last seen", lambda row: row.seen_at, 130, shown=lambda row: _when(row.seen_at), least=1, tone=_tone
    ),
    Column("how", "State", lambda row: row.how, 190, floor=150, tone=_state_tone),
)


class WhoIsHereSection(ListSection[SessionRow]):
    """Who is signed in where, and who was.

    Signals:
        ended_wanted(bool): who has left as well, or only who is here.
        ask_wanted(SessionRow): ask this desk to sign out.
        close_wanted: announce maintenance.
        end_wanted: end it.
    """

    ended_wanted = Signal(bool)
    ask_wanted = Signal(object)
    close_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Who is here",
            HERE,
            noun="desk",
            key=lambda row: row.session_id,
            stretch="officer",
            empty="Nobody is known to be here; a desk says so within half a minute.",
            areas=frozenset({"admin"}),
            permission=None,
            may_change=may_change,
        )
        self.help_topic = "admin"
        self.ended = filter_button("Who left, too")
        self.ended.toggled.connect(self.ended_wanted)
        self.close_it = self.first_action("Ctrl+N", "Announce maintenance", "clock-outline", self.close_wanted.emit)
        self.end_it = self.add_key("Ctrl+Shift+O", "Open Rentbook again", self.end_wanted.emit)
        self.ask = self.row_action("Ctrl+Del", "Ask to sign out", "logout-variant", self.ask_wanted.emit)
        self._note = note_label("")
        self._end_button = action_button(self.end_it, icon="lock-open-variant-outline")
        what = "close Rentbook or ask a desk to sign out"
        self.above.addWidget(read_only_note(Permission.CLOSE_RENTBOOK, may_change=may_change, what=what))
        self.above.addWidget(self._note)
        self.above.addLayout(row_of(self.ended, None, self._end_button))
        self._show_maintenance(None, None)
        self.show_row(None)

    def show_page(self, found: SessionsPage) -> None:
        """Show who is here, and the maintenance that is announced or on."""
        self._show_maintenance(found.maintenance, found.moment)
        self.show_rows(found.rows)

    def show_row(self, chosen: SessionRow | None) -> None:
        """Where somebody sits, with which program, and since when."""
        if not hasattr(self, "ask"):
            return
        self.ask.setVisible(chosen is not None and chosen.here and self.may_change)
        if chosen is None:
            return
        self.title.setText(chosen.officer)
        self.mark(chosen.how, "good" if chosen.how == "Here" else "")
        if chosen.how == LOST:
            self.subtitle.setText("The program, the computer or the network stopped; nobody signed out.")
        self.tell("Computer", chosen.computer)
        self.tell("Page", chosen.page)
        mine = "" if chosen.program == app.__version__ or not chosen.here else f"; this desk has {app.__version__}"
        self.tell("Rentbook", f"{chosen.program}{mine}")
        self.tell("Signed in", _when(chosen.since))
        self.tell("Last seen", _when(chosen.seen_at))

    def _show_maintenance(self, found: Announced | None, moment: datetime | None) -> None:
        self._note.setText("")
        if found is not None and moment is not None:
            begun = found.begins_at <= moment
            at = _when(found.begins_at)
            when = f"Closed for maintenance since {at}" if begun else f"Maintenance is announced for {at}"
            self._note.setText(f"{when} by {found.by}: {found.words}")
            restyle(self._note, tone="warning")
        self._note.setVisible(found is not None)
        self.close_it.setEnabled(found is None and self.may_change)
        self.end_it.setVisible(found is not None and self.may_change)
        begun = found is not None and moment is not None and found.begins_at <= moment
        self.end_it.setText("Open Rentbook again" if begun else "Call it off")


class MaintenanceSheet(FormSheet):
    """Maintenance is to be announced."""

    def __init__(self, parent: QWidget) -> None:
        note = (
            "Every desk shows it and counts down. When it begins whoever doesn't look after Rentbook is signed out, with what "
            "they typed kept as drafts, and jobs wait. It stays closed until an administrator opens it again."
        )
        super().__init__(parent, "Announce maintenance", "Announce", note)
        self.add(
            "minutes",
            "&Begins in",
            CountField("minutes", least=0, required=True),
            "Minutes; 0: now, without a warning",
            _MINUTES,
        )
        self.add("words", "&What for", LineField(MOST_WORDS), "Every desk shows it", "")


class AskSheet(FormSheet):
    """A desk is to be asked to sign out."""

    def __init__(self, parent: QWidget, chosen: SessionRow) -> None:
        note = (
            f"{chosen.officer} at {chosen.computer} is told, and signed out by the desk itself two minutes later. What was "
            "typed there is kept as a draft."
        )
        super().__init__(parent, "Ask to sign out", "Ask", note)
        self.add("words", "&Message", LineField(MOST_WORDS), "They read it; it may be empty", "")


class OpenSheet(Sheet):
    """Maintenance is to be ended."""

    def __init__(self, parent: QWidget, *, begun: bool) -> None:
        title = "Open Rentbook again" if begun else "Call the maintenance off"
        note = (
            "Everybody can sign in and work from now on." if begun else "Every desk hears of it within half a minute."
        )
        super().__init__(parent, title, primary=title, note=note)
