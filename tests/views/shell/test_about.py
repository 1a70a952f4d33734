import app
from app.views.shell.about import AboutSheet
from tests.views.desktop import wait


def test_about_tells_the_version_and_the_licence_of_each_part(desktop_over_landlord, qtbot):
    window = desktop_over_landlord.window
    window.top.menu.about_wanted.emit()
    sheet = window.findChild(AboutSheet)
    assert f"Rentbook {app.__version__}" in sheet.explained
    wait(qtbot, lambda: sheet.parts.row() is not None)
    names = [sheet.parts.model().row_at(at).name for at in range(sheet.parts.model().rowCount())]
    sheet.parts.go_to(names.index("Qt"))
    assert sheet.text.toPlainText().startswith("Qt 6.")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in sheet.text.toPlainText()
    sheet.parts.go_to(names.index("SQLite"))
    assert "no text to be handed on" in sheet.text.toPlainText()
    sheet.close()
