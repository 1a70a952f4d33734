"""Scenes of the Accounts page."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.versions import Kept
from app.services.rent.dto import Link
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed
from app.services.workbench.presence import Record, beat
from app.services.workbench.rules.merging import merge
from app.shots.stage import Scene, Stage
from app.views.common.conflict import ConflictSheet
from app.views.common.record_form import LeaveSheet
from app.views.rent.contacts import ContactSheet
from app.views.rent.dialogs import StatementSheet

_SINCE = datetime(2026, 11, 20, 16, 2, tzinfo=UTC)


def _ledger(stage: Stage) -> QWidget:
    """The ledger of the account that is open, whatever was looked at before."""
    stage.controller("rent")
    stage.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    return stage.window


def _part(key: Qt.Key, stage: Stage) -> QWidget:
    """Another part of the account that is open, by its key."""
    stage.controller("rent")
    stage.press(key, Qt.KeyboardModifier.ControlModifier)
    return stage.window


def _explained(stage: Stage) -> QWidget:
    """The balance explained at the date of a line in the middle of the ledger."""
    _ledger(stage)
    for _ in range(5):
        stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_F8)
    return stage.window


def _linked(stage: Stage) -> QWidget:
    """An account with others that belong with it."""
    accounts = stage.controller("rent")
    filters = accounts.page.finder.filters
    filters["garages"].setChecked(True)
    stage.settle()
    linked = accounts.header.linked if accounts.header else ()
    home = next((each for each in linked if each.link is Link.HOME), None)
    filters["garages"].setChecked(False)
    stage.settle()
    if home:
        accounts.open_account(home.account_id)
    return stage.window


def _nothing_found(stage: Stage) -> QWidget:
    stage.controller("rent").look_for("nobody of that name")
    stage.settle()
    return stage.window


def _statement(stage: Stage) -> QWidget:
    stage.controller("rent").look_for("")
    stage.settle()
    stage.press(Qt.Key.Key_F6)
    return stage.sheet(StatementSheet)


def _contacts(stage: Stage) -> ContactSheet:
    stage.controller("rent").look_for("")
    stage.settle()
    stage.press(Qt.Key.Key_F7)
    sheet = stage.sheet(ContactSheet)
    drafts = stage.program.office.drafts if stage.program.office else None
    stage.wait(lambda: drafts is None or not drafts.busy)
    if sheet.record.offer.isVisible():
        sheet.record.offer.throw.click()
    return sheet


def _contacts_refused(stage: Stage) -> QWidget:
    sheet = _contacts(stage)
    sheet.record.form.retype({"phone": "12", "email": "maria at example"})
    sheet.record.save()
    stage.settle()
    return sheet


def _half_typed(stage: Stage) -> QWidget:
    sheet = _contacts(stage)
    typed = sheet.record.typed()
    fields = {**typed.fields, "phone": "0191 498"}
    key = DraftKey("contacts", Subject.PERSON, sheet.person().person_id)
    sheet.record.offer_draft(Draft(key, "", _SINCE, Typed(fields, typed.was, typed.version)))
    office = stage.program.office
    if office and office.presence:
        office.desk.do(beat, "another window", [Record(Subject.PERSON, sheet.person().person_id)])
        office.presence.say()
        stage.wait(sheet.record.presence.isVisible)
    return sheet


def _leaving(stage: Stage) -> QWidget:
    sheet = _contacts(stage)
    sheet.record.form.retype({"phone": "0191 498"})
    sheet.reject()
    return stage.sheet(LeaveSheet)


def _conflict(stage: Stage) -> QWidget:
    sheet = _contacts(stage)
    was = dict(sheet.record.was)
    note = "Mornings only: works nights, and the neighbour takes messages in the afternoon."
    mine = was | {"phone": "0191 498 0123", "correspondence_address": ("1 Sample Close", "Testford")}
    theirs = was | {"phone": "0191 498 0777", "language": "Polish", "contact_note": note}
    theirs["correspondence_address"] = ("Care of Sample House", "2 Sample Street", "Testford")
    kept = Kept(theirs, 2, "Demo Leader", _SINCE)
    made = ConflictSheet(sheet, sheet.record.form, merge(was, mine, theirs), kept)
    made.open()
    made.first_choice().setFocus()
    return made


SCENES = (
    Scene("rent", _ledger),
    Scene("rent-linked", _linked),
    Scene("rent-explained", _explained),
    Scene("rent-weeks", partial(_part, Qt.Key.Key_B)),
    Scene("rent-charges", partial(_part, Qt.Key.Key_G)),
    Scene("rent-notes", partial(_part, Qt.Key.Key_M)),
    Scene("rent-nothing", _nothing_found),
    Scene("rent-statement", _statement),
    Scene("rent-contacts", _contacts),
    Scene("rent-contacts-refused", _contacts_refused),
    Scene("rent-contacts-half-typed", _half_typed),
    Scene("rent-contacts-leaving", _leaving),
    Scene("rent-contacts-conflict", _conflict),
)
