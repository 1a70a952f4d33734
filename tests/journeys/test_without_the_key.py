"""A desk that hasn't the key of the database: every tab opens, what is sealed is masked, and nothing breaks."""

import pytest

from app.services.core import keys
from app.views.admin.sections import SECTIONS
from app.views.shell.areas import AREAS
from tests.views.desktop import wait


@pytest.fixture
def lost(desktop_over_landlord, tmp_path):
    """The window over the small landlord, at a desk whose keys are gone."""
    for path in (tmp_path / "home").rglob("*.key"):
        path.unlink()
    keys.forget()
    yield desktop_over_landlord
    keys.forget()


def test_every_tab_and_section_opens_at_a_desk_without_the_key(lost, qtbot):
    crashes = []
    lost.crashes.reported.connect(lambda reference, details: crashes.append(details))
    for area in AREAS:
        made = lost.controllers[area.name]
        lost.window.go_to(made.page)
        wait(qtbot, lambda: not lost.tasks.busy)
    admin = lost.controllers["admin"]
    lost.window.go_to(admin.page)
    for section in SECTIONS:
        admin.open(section.key)
        wait(qtbot, lambda: not lost.tasks.busy)
    assert crashes == []
    keys_page = admin.section("office_keys").page
    wait(qtbot, lambda: keys_page.model.rowCount() > 0)
    assert not any(row.here for row in keys_page.model.rows)
