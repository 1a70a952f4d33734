"""A key of the Reception tab does one thing: Ctrl+E and Ctrl+P are Export's and Print's on every section with a table."""

import importlib

import pytest

from app.views.common.table_desk import EXPORT_KEY, PREVIEW_KEY
from app.views.reception_payments.works import SECTIONS


@pytest.mark.parametrize("section", SECTIONS, ids=lambda each: each.key)
def test_no_section_takes_the_keys_of_export_and_print(office, qtbot, section):
    module = importlib.import_module(f"app.views.reception_payments.controller.{section.key}")
    page = getattr(module, section.controller)(office).page
    qtbot.addWidget(page)
    keys = [key.keys for key in page.keys]
    assert not {EXPORT_KEY, PREVIEW_KEY} & set(keys)
    assert len(set(keys)) == len(keys)
