"""Signing: the certificate that payment requests and write-off schedules are signed with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.core.permissions import Permission
from app.services.signing.dto import CertificateRow
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.parts import action_button, restyle
from app.views.common.parts import row as row_of

_NONE: Final = (
    "No certificate is in force: payment requests and write-off schedules have room to sign by hand. Your IT service desk "
    "has one to sign documents with, as a file .p12 or .pfx; an administrator loads it here."
)
_ITSELF: Final = "Itself: readers of a PDF say that they don't know it until somebody tells them to trust it."


def _left(row: CertificateRow) -> str:
    if not row.in_force:
        return ""
    return "expired" if row.expired else formats.count(row.days, "day")


def _tone(row: CertificateRow) -> str:
    if not row.in_force:
        return "muted"
    return "bad" if row.expired else "warning" if row.expires_soon else ""


def _state(row: CertificateRow) -> str:
    return "In force" if row.in_force else "Out of use"


def _until(row: CertificateRow) -> str:
    return formats.day(row.valid_until.astimezone().date())


CERTIFICATES: tuple[Column[CertificateRow], ...] = (
    Column("signer", "Signs as", lambda row: row.signer, 200, floor=130),
    Column("issuer", "Issued by", lambda row: "itself" if row.self_signed else row.issuer, 190, floor=170, least=2),
    Column("until", "Valid until", lambda row: row.valid_until.astimezone().date(), 104, shown=_until, firm=True),
    Column("days", "Left", lambda row: row.days, 76, shown=_left, tone=_tone, right=True, firm=True),
    Column("state", "State", _state, 90, tone=lambda row: "good" if row.in_force else "muted", firm=True),
    Column("loaded_by", "Loaded by", lambda row: row.loaded_by, 150, floor=146, least=1),
)


class SigningSection(ListSection[CertificateRow]):
    """Every certificate that was loaded; one is in force.

    Signals:
        load_wanted: choose the file of another one.
        own_wanted: issue one ourselves.
        check_wanted: choose a PDF that was signed with one.
        save_wanted(CertificateRow): save its public part.
        end_wanted(CertificateRow): take it out of use.
    """

    load_wanted = Signal()
    own_wanted = Signal()
    check_wanted = Signal()
    save_wanted = Signal(object)
    end_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Signing",
            CERTIFICATES,
            noun="certificate",
            key=lambda row: row.certificate_id,
            stretch="signer",
            empty="No certificate has been loaded.",
            areas=frozenset({"admin"}),
            permission=None,
            may_change=may_change,
        )
        self.help_topic = "admin"
        check = self.add_key("Ctrl+O", "Check a PDF", self.check_wanted.emit)
        self.head.addWidget(action_button(check, icon="file-check-outline"))
        self.first_action("Ctrl+N", "Load a certificate", "file-certificate-outline", self.load_wanted.emit)
        self.save = self.row_action("Ctrl+S", "Save its public part", "content-save-outline", self.save_wanted.emit)
        self.end = self.row_action("Ctrl+Del", "Take it out of use", "close-circle-outline", self.end_wanted.emit)
        self.above.addWidget(
            read_only_note(Permission.EDIT_POLICY, may_change=may_change, what="load or take away certificates")
        )
        self._note = note_label("")
        own = self.add_key("Ctrl+Shift+N", "Make one of our own", self.own_wanted.emit)
        own.setVisible(may_change)
        self.above.addWidget(self._note)
        self.above.addLayout(row_of(action_button(own, role="link"), None))
        self.show_row(None)

    def show_certificates(self, rows: Sequence[CertificateRow]) -> None:
        """Show them, the latest first."""
        words, tone = _standing(next((row for row in rows if row.in_force), None))
        self._note.setText(words)
        restyle(self._note, tone=tone)
        self.show_rows(rows)

    def show_row(self, chosen: CertificateRow | None) -> None:
        """What a certificate says of itself, and who loaded it."""
        if not hasattr(self, "end"):
            return
        self.save.setVisible(chosen is not None)
        self.end.setVisible(chosen is not None and chosen.in_force and self.may_change)
        if chosen is None:
            return
        self.title.setText(chosen.signer)
        self.mark(_state(chosen), "good" if chosen.in_force else "")
        if chosen.in_force and (chosen.expired or chosen.expires_soon):
            words = "Expired" if chosen.expired else f"{formats.count(chosen.days, 'day')} left"
            self.mark(words, "bad" if chosen.expired else "warning")
        self.tell("Issued by", _ITSELF if chosen.self_signed else chosen.issuer)
        self.tell("Valid", f"{formats.day(chosen.valid_from.astimezone().date())} to {_until(chosen)}")
        self.tell("Key", chosen.key_type)
        self.tell("Serial number", chosen.serial.upper())
        self.tell("SHA-256 fingerprint", formats.grouped(chosen.sha256))
        self.tell("Loaded", f"{formats.moment(chosen.loaded_at)} by {chosen.loaded_by}")
        if chosen.ended_at is not None:
            self.tell("Out of use", f"{formats.moment(chosen.ended_at)} by {chosen.ended_by}; its private key is gone")


class CertificateSheet(FormSheet):
    """The password of a file that was chosen."""

    def __init__(self, parent: QWidget, name: str) -> None:
        note = (
            f"{name}: it is in force at once, and the one before it goes out of use. Its private key is kept encrypted; the "
            "password isn't kept."
        )
        super().__init__(parent, "Load a certificate", "Load", note)
        password = LineField(200)
        password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add(
            "password", "&Password of the file", password, "The one that it was saved with; empty where it has none"
        )


class OwnSheet(FormSheet):
    """A certificate that the office issues itself."""

    def __init__(self, parent: QWidget) -> None:
        note = (
            "Nobody else vouches for it: save its public part and hand it to finance and to audit, so that their readers of "
            "PDFs trust it. Its private key is made here, kept encrypted, and never leaves."
        )
        super().__init__(parent, "Make a certificate of our own", "Make it", note)
        self.add("signer", "&Signs as", LineField(64), "As readers of a PDF show it", "Housing rents")
        years = ChoiceField([(formats.count(each, "year"), each) for each in (1, 2, 3)])
        self.add("years", "&Valid for", years, value=2)


class EndSheet(Sheet):
    """A certificate is to be taken out of use."""

    def __init__(self, parent: QWidget, chosen: CertificateRow) -> None:
        note = (
            f"{chosen.signer}: its private key is forgotten here. What was signed stays signed; from now on PDFs have room to "
            "sign by hand until another one is loaded."
        )
        super().__init__(parent, "Take the certificate out of use", primary="Take it out of use", note=note)


def _standing(row: CertificateRow | None) -> tuple[str, str]:
    """What the office is told over the list, and in which tone."""
    if row is None:
        return _NONE, "warning"
    if row.expired:
        return f"The certificate expired on {_until(row)}: nothing is signed with it. Load another one.", "bad"
    told = f"Payment requests and write-off schedules are signed as {row.signer}."
    if row.expires_soon:
        return f"{told} It expires in {formats.count(row.days, 'day')}, on {_until(row)}: get another one.", "warning"
    return told, ""
