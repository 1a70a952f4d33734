"""What the tabs offer, as data: every line names a controller that there is, no key has two meanings, in sections neither."""

import importlib
from collections import Counter

import pytest

from app.views.common import icons
from app.views.common.table_desk import EXPORT_KEY, PREVIEW_KEY
from app.views.common.works import Part
from app.views.shell.help import EVERYWHERE

TABS = {
    "adjustments": ("AdjustmentsPage", "New adjustment"),
    "direct_debits": ("DirectDebitsPage", "Set up a Direct Debit"),
    "purchase_orders": ("PurchaseOrdersPage", "New requisition"),
}
"""The page of each, and its one primary work."""


@pytest.fixture(params=TABS)
def tab(request):
    """(area, what it offers)."""
    return request.param, importlib.import_module(f"app.views.{request.param}.works")


def made_by(area, line):
    return getattr(importlib.import_module(f"app.views.{area}.controller.{line.key}"), line.controller)


def twice(keys):
    return [each for each, count in Counter(keys).items() if count > 1]


def test_every_line_names_a_controller_that_there_is(tab):
    area, offered = tab
    for line in (*offered.WORKS, *getattr(offered, "HANDED", ()), *offered.SECTIONS, *offered.PARTS):
        assert callable(made_by(area, line)), line
        assert isinstance(line, Part) or not icons.icon(line.icon, "brand").isNull(), line


def test_no_key_has_two_meanings(tab, qtbot, theme):
    area, offered = tab
    page = getattr(importlib.import_module(f"app.views.{area}.page"), TABS[area][0])()
    qtbot.addWidget(page)
    fixed = [key.keys for key in (*page.keys, *EVERYWHERE) if key.keys != "Ctrl+Enter"] + [EXPORT_KEY, PREVIEW_KEY]
    assert twice(fixed + [line.keys for line in (*offered.WORKS, *offered.PARTS) if line.keys]) == []


def test_works_of_a_group_stand_together_and_one_is_primary(tab):
    area, offered = tab
    order = [work.group for work in offered.WORKS]
    assert order == sorted(order, key=list(offered.Group).index)
    assert [work.title for work in offered.WORKS if work.primary] == [TABS[area][1]]


def test_a_section_has_no_key_of_its_tables_or_of_everywhere(tab, office, qtbot):
    area, offered = tab
    everywhere = {work.keys for work in offered.WORKS if getattr(work, "everywhere", False)}
    taken = {key.keys for key in EVERYWHERE if key.keys not in {"Ctrl+Enter", "Esc"}} | {EXPORT_KEY, PREVIEW_KEY}
    for section in offered.SECTIONS:
        page = made_by(area, section)(office).page
        qtbot.addWidget(page)
        keys = [key.keys for key in page.keys]
        assert [each for each in keys if each in taken | everywhere] == [], section.key
        assert twice(keys) == [], section.key
