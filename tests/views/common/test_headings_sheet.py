"""The sheet of a file's headings: two of the same name are said at once."""

from app.services.adjustments.batches.rules import unclear
from app.services.imports.dto import FieldChoice, FileHeadings, Heading
from app.views.common.headings_sheet import HeadingsSheet

FIELDS = tuple(FieldChoice(key, key.capitalize(), "") for key in ("reference", "amount"))


def test_two_headings_of_the_same_name_are_said_at_once_and_neither_is_read(qtbot, theme):
    headings = (Heading("Tenant", "reference"), Heading("Sum", "amount", ("12.5",)), Heading("Sum", "", ("1",)))
    sheet = HeadingsSheet(None, FileHeadings("sums.xlsx", "Sheet1", headings, FIELDS), unclear, remembers=True)
    qtbot.addWidget(sheet)
    assert sheet._said.text().startswith("The heading Sum is there twice: rename one of the two in the file")
    assert not sheet.confirm_action.isEnabled()
    assert [sheet.fields.field(str(at)).accessibleDescription() for at in range(3)] == [
        "",
        "Another heading has the same name: leave both out, or rename one in the file. Such as: 12.5",
        "Another heading has the same name: leave both out, or rename one in the file. Such as: 1",
    ]
    sheet.fields.fill({"1": ""})
    assert sheet._said.text() == "Say which heading is the amount, or the debit and the credit."
