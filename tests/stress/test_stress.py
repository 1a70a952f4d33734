"""Twenty desks at once on one file: all of it is there once, in turn, and nobody is told more than a sentence."""

from app.services.core.session import Desk
from tests.stress import office as offices
from tests.stress.proof import faults
from tests.stress.run import load_everything, stress

DESKS, ROUNDS = 20, 1


def test_twenty_desks_at_once_lose_nothing_and_post_nothing_twice(database_file, desk, tmp_path):
    office = offices.make(Desk.sit_down(desk.database, desk.officer.username, offices.CLOCK), DESKS)
    desk.database.close()
    load_everything(database_file, office, tmp_path)

    told = stress(database_file, office, ROUNDS, tmp_path)

    assert faults(desk, office, told, ROUNDS) == []
