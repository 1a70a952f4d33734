"""A record's form over a database that keeps its drafts."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.values import Subject
from app.services.workbench import presence as presences
from app.services.workbench.drafts.desk import DeskDrafts
from app.views.common.drafts import Drafts
from app.views.common.editing import Editing
from app.views.common.fields import ChoiceField, LineField
from app.views.common.forms import Form
from app.views.common.presence import Presence
from app.views.common.record_form import FormSheet
from tests.views.common.records import Shelf
from tests.views.desktop import wait


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def desk_office(office):
    """An office that keeps drafts and knows who is there."""
    told = []
    kept = Drafts(lambda: DeskDrafts(office.desk), office.desk.clock, told.append)
    kept._timer.setInterval(100)
    there = Presence(lambda window, records: office.desk.do(presences.beat, window, records))
    yield replace(office, drafts=kept, presence=there)
    kept.close()
    there.close()
    assert told == []


@pytest.fixture
def opened(desk_office, shelf, qtbot):
    """Opens a sheet over the record."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()

    def open_():
        sheet = FormSheet(window, "Sample details")
        sheet.record.add("phone", "&Telephone", LineField(30))
        sheet.record.add("email", "&E-mail", LineField())
        sheet.record.add("way", "&Way", ChoiceField([("By post", "post"), ("By e-mail", "email")]))
        sheet.editing = Editing.of_sheet(
            desk_office, sheet, "sample", read=shelf.read, save=shelf.save, told="Sample saved."
        )
        shown = []
        sheet.editing.shown.connect(lambda: shown.append(1))
        sheet.open()
        sheet.editing.open(Subject.PERSON, 7, "Sample details, Mx Sam Specimen")
        wait(qtbot, lambda: shown)
        return sheet

    return open_


@pytest.fixture
def shown(qtbot, theme):
    """Shows a form with these fields (name, title, field) in a window that has the focus."""

    windows = []

    def show(*fields):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        form = Form(window)
        for name, title, field in fields:
            form.add(name, title, field)
        window.show()
        window.activateWindow()
        fields[0][2].setFocus()
        QApplication.processEvents()
        return form

    return show
