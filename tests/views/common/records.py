"""A record that two officers have in a form, and the ways a test types into it."""

from datetime import UTC, datetime

from shiboken6 import isValid

from app.models.values import Subject
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.versions import Kept
from app.services.workbench.drafts import store
from app.services.workbench.drafts.dto import DraftKey

KEY = DraftKey("sample", Subject.PERSON, 7)
NOON = datetime(2026, 11, 20, 16, 2, tzinfo=UTC)
RECORD = {"phone": "0191", "email": "a@example.org", "way": "post"}


class Shelf:
    """A record that forms read and save, with a version."""

    def __init__(self):
        self.values, self.version, self.by = dict(RECORD), 1, ""

    def read(self, ctx, record_id):
        return Kept(dict(self.values), self.version, self.by, NOON)

    def save(self, ctx, record_id, values, version):
        if version != self.version:
            raise ChangedMeanwhile("Somebody else changed this record.")
        if values["phone"] == "wrong":
            raise UserError("That is no number.", field="phone")
        self.values, self.version = dict(values), self.version + 1
        return values

    def theirs(self, **values):
        """A colleague saves."""
        self.values |= values
        self.version += 1
        self.by = "Demo Leader"


def type_into(sheet, name, text, qtbot):
    field = sheet.record.form.field(name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def closed(sheet):
    return not isValid(sheet) or not sheet.isVisible()


def kept(office):
    return office.desk.ask(store.find, KEY)
