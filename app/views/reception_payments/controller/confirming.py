"""Telling somebody of their appointment: a letter, e-mail or text message with its day, time and place filled in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.reception_payments.visits import screen
from app.services.reception_payments.visits.dto import Who
from app.views.common.fields_pickers import Picked
from app.views.common.letter_sheet import write_letter
from app.views.common.office import Office
from app.views.reception_payments.log_sheets import Told
from app.views.reception_payments.visit_tables import is_safety

_SAFETY: Final = "A safety flag is set, and somebody else may read what is sent: tell them of the appointment yourself."


def tell(owner: QObject, office: Office, over: QWidget, told: Told) -> None:
    """Open the sheet of the letter; the officer looks it over, may send it another way, and queues it.

    Nothing is sent where a safety flag is set on anybody of the account, or where it is a restricted record.
    """

    def write(found: Who) -> None:
        if found.shut or is_safety(found.cautions):
            office.messages.warn(found.shut or _SAFETY)
            return
        sheet = write_letter(office, over, Picked(found.account_id, found.name, f"Account {found.reference}"))
        if sheet is not None:
            sheet.retype(sheet.typed() | {"template": told.template, "answers": _answers(told)})

    office.ask(owner, screen.who, told.account_id, then=write)


def _answers(told: Told) -> dict[str, str]:
    local = told.at.astimezone()
    return {
        "date": f"{local:%A} {local.day} {local:%B %Y}",
        "time": f"{local:%H:%M}",
        "place": told.place,
        "what_it_is_about": told.about,
    }
