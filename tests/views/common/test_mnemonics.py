"""In every form each mnemonic is one field's alone, and each label belongs to its field."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.models.values import FormatNeed
from app.services.core.versions import Kept
from app.services.rent.dto import PersonRow
from app.services.workbench.rules.merging import merge
from app.views.admin.details import DetailsPage
from app.views.common.conflict import ConflictSheet
from app.views.common.record_form import LeaveSheet
from app.views.rent.contacts import ContactSheet

PEOPLE = tuple(
    PersonRow(number, "", name, None, "", "", "", "", FormatNeed.STANDARD, do_not_contact=False, contact_note="")
    for number, name in ((1, "Mx Maria Testerton"), (2, "Mx Sam Specimen"))
)


def letters(root):
    texts = [each.text() for each in root.findChildren(QLabel) if each.buddy()]
    texts += [each.text() for each in root.findChildren(QAbstractButton)]
    return sorted(text[text.index("&") + 1].lower() for text in texts if "&" in text)


@pytest.fixture
def window(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def forms(window):
    contacts = ContactSheet(window, PEOPLE, "0012 4471 03")
    yield contacts
    yield DetailsPage(may_change=True)
    yield LeaveSheet(window, "Contact details")
    merged = merge({"phone": "1"}, {"phone": "2"}, {"phone": "3"})
    yield ConflictSheet(window, contacts.record.form, merged, Kept({}, 1))


def test_no_letter_stands_twice(window):
    for form in forms(window):
        found = letters(form)
        assert found
        assert len(found) == len(set(found)), f"{type(form).__name__}: {found}"


def test_every_field_has_its_label(window):
    for form in (ContactSheet(window, PEOPLE, "0012"), DetailsPage(may_change=True)):
        names = list(form.record.form.values())
        buddies = {each.buddy() for each in form.findChildren(QLabel) if each.buddy()}
        assert [name for name in names if form.record.form.field(name) not in buddies] == []
