"""Names where the room is short."""

import pytest
from PySide6.QtGui import QFontMetrics

from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import Elided
from app.views.common.short_names import Shortening, fitting, shorter_names

JOINT = "Ms Ann Pond and Mr Joe Pond"


@pytest.mark.parametrize(
    ("names", "shorter"),
    [
        (JOINT, ("Ms Ann and Mr Joe Pond", "Ms A and Mr J Pond", "Ms Ann Pond +1", "Ms A Pond +1")),
        ("Ms Ann Lee Pond and Mr Joe Field", ("Ms A L Pond and Mr J Field", "Ms Ann Lee Pond +1", "Ms A L Pond +1")),
        (
            "Ms Ann Pond and Mr Joe Pond and Miss Di Field",
            ("Ms A Pond and Mr J Pond and Miss D Field", "Ms Ann Pond +2", "Ms A Pond +2"),
        ),
        ("Ms Ann Pond", ("Ms A Pond",)),
        ("Sample and Sons", ()),
        ("Ann Pond and Joe Pond", ()),
    ],
)
def test_joint_names_grow_shorter_and_a_firm_keeps_its_own(names, shorter):
    assert shorter_names(names) == shorter


def test_the_longest_that_has_room_is_taken_and_the_last_where_none_has(qapp):
    letters = QFontMetrics(qapp.font())
    shorter = shorter_names(JOINT)
    for wanted in (JOINT, *shorter):
        assert fitting(JOINT, shorter, letters, letters.horizontalAdvance(wanted)) == wanted
    assert fitting(JOINT, shorter, letters, 1) == "Ms A Pond +1"


def test_a_cell_and_a_heading_show_the_form_that_fits_and_tell_the_whole(qtbot):
    column = Column("name", "Name", lambda row: row, 120, shorter=shorter_names)
    table = DataTable("People", ListModel([column]))
    qtbot.addWidget(table)
    assert isinstance(table.itemDelegateForColumn(0), Shortening)
    heading = Elided()
    qtbot.addWidget(heading)
    heading.resize(heading.fontMetrics().horizontalAdvance("Ms A and Mr J Pond") + 1, 20)
    heading.say(JOINT, shorter_names(JOINT))
    assert heading.text() == "Ms A and Mr J Pond"
    assert heading.toolTip() == heading.accessibleName() == JOINT
