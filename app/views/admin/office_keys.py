"""Keys: which of them this desk has, what each seals, carrying them to other desks, and a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.admin.office_keys import KeyRow, KeysPage
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.fields import LineField
from app.views.common.flow import FlowLayout
from app.views.common.parts import action_button

_WHAT = (
    "Bank details, passwords and kept payment files are sealed. The keys lie at the desks, never in the database or a backup: "
    "keep a file of each somewhere safe, and give it to each new desk."
)
_ASK, _MAKE = "Ask for a new key ...", "Make the new key"


def _state(row: KeyRow) -> str:
    if not row.here:
        return "Not at this desk"
    return "In use" if row.newest else "Of before"


def _tone(row: KeyRow) -> str:
    if not row.here:
        return "bad"
    return "good" if row.newest else ""


KEYS: tuple[Column[KeyRow], ...] = (
    Column("number", "Key", lambda row: row.number, 60, right=True, firm=True),
    Column("key_id", "Name", lambda row: row.key_id, 180, floor=150),
    Column("made", "Made", lambda row: row.made_at, 140, shown=lambda row: formats.moment(row.made_at), firm=True),
    Column("state", "State", _state, 130, tone=_tone, firm=True),
    Column("seals", "Seals", lambda row: sum(count for _, count in row.seals), 80, right=True, firm=True),
)


class KeysSection(ListSection[KeyRow]):
    """The keys of the database.

    Signals:
        export_wanted: write the newest key to a file for another desk.
        import_wanted: read in a file of another desk.
        ask_wanted: ask for a new key.
        make_wanted: make it, a second officer having agreed.
        renew_wanted: seal anew what older keys have sealed.
    """

    export_wanted = Signal(object)
    import_wanted = Signal()
    ask_wanted = Signal()
    make_wanted = Signal()
    renew_wanted = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Keys",
            KEYS,
            noun="key",
            key=lambda row: row.key_id,
            stretch="key_id",
            empty="Nothing is sealed yet: the first key is made with the first thing to seal.",
            areas=frozenset({"admin", "approvals"}),
            permission=None,
            may_change=may_change,
        )
        self.help_topic = "admin"
        self.first_action("Ctrl+N", "Read in a key ...", "key-plus", self.import_wanted.emit).setEnabled(True)
        self._allowed = False
        self.new = self.add_key("Ctrl+Shift+K", _ASK, self._new)
        self.renew = self.add_key("Ctrl+Shift+B", "Seal anew", self.renew_wanted.emit)
        self.export = self.row_action("Ctrl+Shift+X", "Write to a file ...", "export", self.export_wanted.emit)
        buttons = [
            action_button(each, icon=icon) for each, icon in ((self.new, "key-change"), (self.renew, "lock-reset"))
        ]
        self.above.addWidget(
            read_only_note(Permission.EXPORT_KEY, may_change=may_change, what="take a key out or make a new one")
        )
        self.above.addWidget(note_label(_WHAT))
        self._note = note_label("")
        self.above.addWidget(self._note)
        beside = FlowLayout()
        for each in buttons:
            beside.addWidget(each)
        self.above.addLayout(beside)
        self.show_page(KeysPage((), None, allowed=False))

    def show_page(self, found: KeysPage) -> None:
        """Show the keys, and how far a new one has come."""
        left = sum(row.to_renew for row in found.rows)
        waits = found.request is not None
        self._note.setText(_told(found, left))
        self._note.setVisible(bool(self._note.text()))
        self._allowed = found.allowed
        self.new.setText(_MAKE if found.allowed else _ASK)
        self.new.setVisible(not waits)
        self.new.setEnabled(self.may_change and not waits)
        self.renew.setVisible(bool(left))
        self.renew.setEnabled(self.may_change and bool(left))
        self.show_rows(found.rows)

    def _new(self) -> None:
        (self.make_wanted if self._allowed else self.ask_wanted).emit()

    def show_row(self, chosen: KeyRow | None) -> None:
        """What a key seals, and what to do where it isn't here."""
        if not hasattr(self, "export"):
            return
        self.export.setVisible(chosen is not None and chosen.here and self.may_change)
        if chosen is None:
            return
        self.title.setText(f"Key {chosen.number}")
        self.mark(_state(chosen), _tone(chosen))
        self.tell("Name", chosen.key_id)
        self.tell("Made", formats.moment(chosen.made_at))
        self.tell("Seals", "\n".join(f"{what}: {count:,}" for what, count in chosen.seals) or "Nothing")
        if not chosen.here:
            self.tell(
                "What to do",
                "Ask a desk that has it for its file (Write to a file), then read it in here. Until then what it seals is masked.",
            )
        elif not chosen.newest:
            self.tell("Keep it", "Kept files and earlier backups can only be opened with it.")


def _told(found: KeysPage, left: int) -> str:
    if found.request is not None:
        return f"A new key was asked for: request {found.request} waits for a second officer."
    if found.allowed:
        return "A second officer agreed to a new key: make it here, then write it to a file for every other desk."
    return f"{left:,} things are still sealed with an older key." if left else ""


class PassphraseSheet(FormSheet):
    """A passphrase for a key's file."""

    def __init__(self, parent: QWidget, *, writes: bool) -> None:
        note = (
            "Whoever has the file and the passphrase can read what is sealed. Give them by two different ways, and delete the file when it is read in."
            if writes
            else "The passphrase with which the file was written."
        )
        super().__init__(parent, "Write the key to a file" if writes else "Read in a key", "Go on", note)
        self.add("passphrase", "&Passphrase", _hidden(), "At least 12 characters: four or five words" if writes else "")
        if writes:
            self.add("again", "&Again", _hidden(), "The same once more")


def _hidden() -> LineField:
    field = LineField(200)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
