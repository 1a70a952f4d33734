"""Keys: listed, carried to other desks by file and passphrase, and a new one asked for, made and sealed with."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject

from app.services.admin import office_keys
from app.services.admin.office_keys import KeyRow, NewKey, Renewed
from app.services.admin.officers_dto import Asked
from app.services.core import keys
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.private_files import write_private
from app.views.admin.listed import ReasonSheet
from app.views.admin.office_keys import KeysSection, PassphraseSheet
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.files import read_file
from app.views.common.office import Office

_FILES: Final = "Keys of Rentbook (*.rentbook-key);;All files (*)"


class KeysController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        self.page = KeysSection(may_change=Permission.EXPORT_KEY in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.export_wanted.connect(self._ask_passphrase)
        self.page.import_wanted.connect(
            lambda: ask_open(self.page, "Choose the file of a key", _FILES).fileSelected.connect(self.read_in)
        )
        self.page.ask_wanted.connect(self._ask_new)
        self.page.make_wanted.connect(self._make)
        self.page.renew_wanted.connect(self._renew)

    def read_in(self, name: str) -> None:
        """Ask for the passphrase of a file and keep its key at this desk."""
        sheet = PassphraseSheet(self.page, writes=False)

        def read(values: dict[str, Any]) -> None:
            def then(content: bytes) -> None:
                text = content.decode("utf-8", "replace")
                self._office.ask(self, keys.import_key, text, values["passphrase"], then=done, refused=sheet.show_error)

            def done(key_id: str) -> None:
                sheet.close()
                self._office.messages.good(f"The key {key_id} is kept at this desk.")
                self._refresh()

            self._office.elsewhere(self, lambda: read_file(Path(name)), then=then, refused=sheet.show_error)

        sheet.filled.connect(read)
        sheet.open()

    def _refresh(self) -> None:
        self._office.ask(self, office_keys.page, then=self.page.show_page)

    def _ask_passphrase(self, chosen: KeyRow) -> None:
        sheet = PassphraseSheet(self.page, writes=True)

        def go_on(values: dict[str, Any]) -> None:
            if values["passphrase"] != values["again"]:
                sheet.show_error(UserError("The two passphrases differ.", "Type both again.", "again"))
                return
            sheet.set_busy(busy=False)
            name = f"rentbook-{chosen.number}.rentbook-key"
            ask_save(sheet, "Write the key to a file", name, _FILES).fileSelected.connect(
                lambda file: self.write_out(sheet, chosen, values["passphrase"], Path(file))
            )

        sheet.filled.connect(go_on)
        sheet.open()

    def write_out(self, sheet: PassphraseSheet, chosen: KeyRow, passphrase: str, file: Path) -> None:
        """Write a key to a file, sealed with a passphrase."""

        def then(text: str) -> None:
            self._office.elsewhere(self, lambda: _write(file, text), then=done, refused=sheet.show_error)

        def done(_: object) -> None:
            sheet.close()
            self._office.messages.good(f"Key {chosen.number} is in {file}.")

        self._office.do(self, keys.export_key, passphrase, chosen.key_id, then=then, refused=sheet.show_error)

    def _ask_new(self) -> None:
        sheet = ReasonSheet(self.page, "Ask for a new key", "Ask")

        def ask(reason: str) -> None:
            def done(asked: Asked) -> None:
                sheet.close()
                self._office.messages.good(
                    f"Request {asked.request_id} waits for a second officer on the page Approvals."
                )
                self._refresh()

            self._office.do(self, office_keys.ask_new, reason, then=done, refused=sheet.show_error)

        sheet.given.connect(ask)
        sheet.open()

    def _make(self) -> None:
        def done(made: NewKey) -> None:
            self._office.messages.good(f"The key {made.key_id} was made. Write it to a file for every other desk.")
            self._renew()

        self._office.do(self, office_keys.make_new, then=done)

    def _renew(self) -> None:
        def done(renewed: Renewed) -> None:
            messages = self._office.messages
            (messages.bad if renewed.shut else messages.good)(renewed.told)
            self._refresh()

        self._office.job(self, office_keys.renew, label="Sealing anew", then=done)


def _write(file: Path, text: str) -> None:
    try:
        write_private(file, text)
    except OSError as error:
        raise UserError(f"{file} can't be written: {error.strerror}.", "Choose another place.") from error
