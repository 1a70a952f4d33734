"""What the Purchase Orders tab offers, as data: every line names a controller that there is, no key has two meanings."""

import importlib
from collections import Counter

import pytest

from app.views.common import icons
from app.views.common.table_desk import EXPORT_KEY, PREVIEW_KEY
from app.views.common.works import Part
from app.views.purchase_orders.page import PurchaseOrdersPage
from app.views.purchase_orders.works import PARTS, SECTIONS, WORKS, Group
from app.views.shell.help import EVERYWHERE

LINES = [*WORKS, *SECTIONS, *PARTS]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.key}:{line.title}")
def test_every_line_names_a_controller_that_there_is(line):
    module = importlib.import_module(f"app.views.purchase_orders.controller.{line.key}")
    assert callable(getattr(module, line.controller))
    if not isinstance(line, Part):
        assert not icons.icon(line.icon, "brand").isNull()


def test_no_key_has_two_meanings(qtbot, theme):
    page = PurchaseOrdersPage()
    qtbot.addWidget(page)
    fixed = [key.keys for key in (*page.keys, *EVERYWHERE) if key.keys != "Ctrl+Enter"] + [EXPORT_KEY, PREVIEW_KEY]
    typed = fixed + [line.keys for line in (*WORKS, *PARTS) if line.keys]
    assert [keys for keys, count in Counter(typed).items() if count > 1] == []


def test_works_of_a_group_stand_together_and_one_is_primary():
    order = [work.group for work in WORKS]
    assert order == sorted(order, key=list(Group).index)
    assert [work.title for work in WORKS if work.primary] == ["New requisition"]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda line: line.key)
def test_a_section_has_no_key_of_its_tables_or_of_everywhere(section, office, qtbot):
    module = importlib.import_module(f"app.views.purchase_orders.controller.{section.key}")
    page = getattr(module, section.controller)(office).page
    qtbot.addWidget(page)
    everywhere = {work.keys for work in WORKS if getattr(work, "everywhere", False)}
    taken = {key.keys for key in EVERYWHERE if key.keys not in {"Ctrl+Enter", "Esc"}} | {EXPORT_KEY, PREVIEW_KEY}
    assert [key.keys for key in page.keys if key.keys in taken | everywhere] == []
    assert [keys for keys, count in Counter(key.keys for key in page.keys).items() if count > 1] == []
