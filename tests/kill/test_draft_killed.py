"""A form that is being typed when the power goes: what was typed up to the last second is offered again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.models.values import Subject
from app.services.workbench.drafts.desk import DeskDrafts
from app.services.workbench.drafts.dto import DraftKey
from tests.factories import lettings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

ROOT = Path(__file__).resolve().parents[2]

WORK = """
import sys
from datetime import date
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from app.models.values import Subject
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk
from app.services.rent.contacts import contacts
from app.services.workbench.drafts import store
from app.services.workbench.drafts.desk import DeskDrafts
from app.views.common.changes import ChangeBus
from app.views.common.drafts import Drafts
from app.views.common.editing import Editing
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.common.tasks import Tasks
from app.views.rent.contacts import ContactSheet
from app.services.rent.dto import PersonRow
from app.models.values import FormatNeed

app = QApplication([])
desk = Desk.sit_down(Database(sys.argv[1]), "officer", FixedClock(date(2026, 11, 21)))
drafts = Drafts(lambda: DeskDrafts(desk), desk.clock, print)
office = Office(desk, Tasks(), ChangeBus(), MessageBar(), print, drafts=drafts)
window = QWidget()
window.show()
person = PersonRow(1, "", "Mx Maria Testerton", None, "", "", "", "", FormatNeed.STANDARD, False, "")
sheet = ContactSheet(window, (person,), "0012")
editing = Editing.of_sheet(office, sheet, "contacts", read=contacts, save=None, told="")
phone, typed = sheet.record.form.field("phone"), []

def write():
    typed.append(str(len(typed) % 10))
    QTest.keyClicks(phone, typed[-1])
    if len(typed) == 11:
        print("typing", flush=True)

typing = QTimer(interval=100)
typing.timeout.connect(write)
editing.shown.connect(typing.start)
sheet.open()
editing.open(Subject.PERSON, 1, "Contact details, Mx Maria Testerton")
QTimer.singleShot(60_000, app.quit)  # whoever waits for a line is not kept for ever
app.exec()
"""


def test_the_draft_of_a_killed_program_is_there(desk, tmp_path):
    desk.do(lambda ctx: lettings.letting(ctx, who=("Maria", "Testerton"), reference="0012"))
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(desk.database.url)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    drafts = DeskDrafts(desk)
    key = DraftKey("contacts", Subject.PERSON, 1)
    with process:
        assert process.stdout.readline() == "typing\n", process.stderr.read()
        found = None
        while found is None:
            assert process.poll() is None
            found = drafts.find(key)
        process.send_signal(signal.SIGKILL)
        process.wait()
    drafts.begin()
    found = drafts.find(key)
    assert found.title == "Contact details, Mx Maria Testerton"
    assert found.typed.fields["phone"].startswith("0123")
    assert found.typed.was["phone"] == ""
    assert drafts.mine() == (found,)
