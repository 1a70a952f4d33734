"""What saving will do, shown beside a form."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.views.common.effects import EffectsPanel, Previewing, WorkSheet
from app.views.common.fields import LineField
from app.views.common.fields_dates import DateField
from app.views.common.sheet_drafts import SheetDrafts, key_of
from tests.views.desktop import wait

_LATE = Effect("Charges", "Another week is charged for the keys", after="£104.12", warns=True)
_END = Effect("Tenancy", "The tenancy ends", "no end", "29 Nov 2026")
_LESS = Effect("Charges", "Weekly charge", "£104.12", "nothing")


def test_effects_are_told_by_group_in_the_order_they_come(qtbot):
    panel = EffectsPanel()
    qtbot.addWidget(panel)
    panel.show_effects((_LATE, _END, _LESS))
    assert panel.text().splitlines() == [
        "Look at this: Another week is charged for the keys: £104.12",
        "Weekly charge: £104.12 becomes nothing",
        "The tenancy ends: no end becomes 29 Nov 2026",
    ]
    assert panel._count.text() == "1 to look at"


def test_a_sentence_takes_the_place_of_what_was_shown(qtbot):
    panel = EffectsPanel()
    qtbot.addWidget(panel)
    panel.show_effects((_END,))
    panel.say("The end is before the last week that was charged.", wrong=True)
    assert panel.text() == "The end is before the last week that was charged."
    assert panel.effects == ()
    panel.show_effects(())
    assert panel.text() == "Nothing else changes."


def _sheet(office, qtbot, preview):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 700)
    window.show()
    sheet = WorkSheet(window, "End the tenancy", save="End it", note="Account 1001")
    sheet.window_under = window
    sheet.about = (Subject.TENANCY, 3)
    form = sheet.form()
    form.add("on", "&Ends on", DateField(lambda: date(2026, 11, 21), required=True))
    form.add("why", "&Why", LineField(60))
    sheet.previewing = Previewing(office, sheet, preview, lambda: form.values()["on"])
    sheet.open()
    return sheet, form


def test_the_panel_follows_what_is_typed(office, qtbot):
    def preview(_ctx, on):
        if on < date(2026, 11, 21):
            raise UserError("That week is charged already.", "Choose a later day.")
        return (Effect("Tenancy", f"Ends on day {on.day}"),)

    sheet, form = _sheet(office, qtbot, preview)
    form.fill({"on": date(2026, 11, 29)})
    wait(qtbot, lambda: sheet.effects.text() == "Ends on day 29")
    form.fill({"on": date(2026, 11, 1)})
    wait(qtbot, lambda: sheet.effects.text() == "That week is charged already. Choose a later day.")
    form.retype({"on": ""})
    wait(qtbot, lambda: sheet.effects.text().startswith("Fill in"))
    sheet.close()


def test_nothing_is_saved_while_a_field_can_t_be_taken(office, qtbot):
    sheet, form = _sheet(office, qtbot, lambda _ctx, _on: ())
    wanted = []
    sheet.confirmed.connect(lambda: wanted.append(form.values()["on"]))
    form.retype({"on": ""})
    sheet.confirm_action.trigger()
    assert wanted == []
    assert form.error_of("on")
    form.fill({"on": date(2026, 11, 29)})
    sheet.confirm_action.trigger()
    assert wanted == [date(2026, 11, 29)]
    sheet.close()


def test_a_work_half_typed_is_kept_as_a_draft(desk_office, qtbot):
    sheet, form = _sheet(desk_office, qtbot, lambda _ctx, _on: ())
    SheetDrafts(desk_office.drafts, lambda: "rent").join(sheet)
    wait(qtbot, lambda: not desk_office.drafts.busy)
    form.fill({"why": "Moved to be near family"})
    wait(qtbot, lambda: not desk_office.drafts.busy)
    kept = []
    desk_office.drafts.find(sheet, key_of(sheet, "rent"), kept.append)
    wait(qtbot, lambda: kept)
    assert kept[0].typed.fields["why"] == "Moved to be near family"
    sheet.close()
