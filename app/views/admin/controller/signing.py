"""The office's signing certificates: listed, loaded from a file, taken out of use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject

from app.services.core.permissions import Permission
from app.services.signing import commands, queries
from app.services.signing.dto import CertificateRow, Checked, Loaded, NewOwn
from app.views.admin.signing import CertificateSheet, EndSheet, OwnSheet, SigningSection
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.files import read_file, write_file
from app.views.common.office import Office

_KINDS: Final = "Certificates (*.p12 *.pfx);;All files (*)"
_PDF: Final = "PDF (*.pdf)"


class SigningController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        self.page = SigningSection(may_change=Permission.EDIT_POLICY in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.load_wanted.connect(lambda: self._open("Choose the certificate", _KINDS, self.load))
        self.page.check_wanted.connect(lambda: self._open("Choose the PDF", _PDF, self.check))
        self.page.own_wanted.connect(self._own)
        self.page.save_wanted.connect(self._save)
        self.page.end_wanted.connect(self._end)

    def load(self, chosen: str) -> None:
        """Ask for the password of a file that was chosen, and load it."""
        path = Path(chosen)
        self._office.elsewhere(self, lambda: read_file(path), then=lambda content: self._ask(path.name, content))

    def check(self, chosen: str) -> None:
        """Say whether a PDF that was chosen is as this office signed it."""

        def look(content: bytes) -> None:
            self._office.ask(self, queries.check, content, then=self._told)

        self._office.elsewhere(self, lambda: read_file(Path(chosen)), then=look)

    def _refresh(self) -> None:
        self._office.ask(self, queries.listed, then=self.page.show_certificates)

    def _open(self, title: str, kinds: str, then: Callable[[str], None]) -> None:
        ask_open(self.page, title, kinds).fileSelected.connect(then)

    def _told(self, found: Checked) -> None:
        (self._office.messages.good if found.sound else self._office.messages.warn)(found.told)

    def _ask(self, name: str, content: bytes) -> None:
        sheet = CertificateSheet(self.page, name)

        def load(values: dict[str, str]) -> None:
            def done(loaded: Loaded) -> None:
                sheet.close()
                self._office.messages.good(loaded.told)

            self._office.do(self, commands.load, content, values["password"], then=done, refused=sheet.show_error)

        sheet.filled.connect(load)
        sheet.open()

    def _own(self) -> None:
        sheet = OwnSheet(self.page)

        def make(values: dict[str, Any]) -> None:
            def done(loaded: Loaded) -> None:
                sheet.close()
                self._office.messages.good(f"{loaded.told} Save its public part (Ctrl+S) for whoever is to trust it.")

            new = NewOwn(values["signer"], values["years"])
            self._office.do(self, commands.make_own, new, then=done, refused=sheet.show_error)

        sheet.filled.connect(make)
        sheet.open()

    def _save(self, chosen: CertificateRow) -> None:
        def save(to: str) -> None:
            path = Path(to)
            told = f"Saved as {path.name}. It is no secret: hand it to whoever is to trust what is signed with it."

            def write(content: bytes) -> None:
                self._office.elsewhere(
                    self, lambda: write_file(path, content), then=lambda _done: self._office.messages.good(told)
                )

            self._office.ask(self, queries.public, chosen.certificate_id, then=write)

        name = f"Signing certificate {chosen.certificate_id}.cer"
        ask_save(self.page, "Save the public part", name, "Certificate (*.cer)").fileSelected.connect(save)

    def _end(self, chosen: CertificateRow) -> None:
        sheet = EndSheet(self.page, chosen)

        def end() -> None:
            def done(_changes: object) -> None:
                sheet.close()
                self._office.messages.good("The certificate is out of use; PDFs are signed by hand.")

            self._office.do(self, commands.end, chosen.certificate_id, then=done, refused=sheet.show_error)

        sheet.confirmed.connect(end)
        sheet.open()
