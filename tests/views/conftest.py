"""A dressed application, and the window over a small landlord."""

import json
import shutil
from functools import partial

import pytest

from app.bootstrap import Rentbook
from app.bootstrap.doors import DIARY, DOCUMENTS
from app.registered import register
from app.services.core import database as databases
from app.services.core.session import Database, Desk
from app.services.core.sign_in import system_user
from app.services.demonstration.dto import Size
from app.views.common.changes import ChangeBus
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.common.pause import AS_WRITTEN, Pause
from app.views.common.remembered import Memory
from app.views.common.tasks import Tasks
from app.views.common.theme import Scheme, Theme, dress
from app.views.shell import settings
from tests.conftest import TODAY
from tests.shared import made_once
from tests.views import desktop


@pytest.fixture(scope="session")
def theme(qapp):
    """The application dressed once by each worker, light, at 100 per cent."""
    worn = qapp.property("rentbook_theme")
    return worn if isinstance(worn, Theme) else Theme(qapp, Scheme.LIGHT)


@pytest.fixture(autouse=True)
def _dressed(theme):
    """Every view test sees the same light theme."""
    yield
    if theme.scheme is not Scheme.LIGHT or theme.text_size != 100:
        theme.choose(Scheme.LIGHT, 100)


@pytest.fixture
def qtbot(qtbot, theme):
    """What is shown by itself wears the theme, as it would in its window; on a busy computer things take their time."""
    keep = qtbot.addWidget

    def dressed(widget, **options):
        keep(widget, **options)
        dress(widget)

    qtbot.addWidget = dressed
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=desktop.WAIT_MS)
    qtbot.waitSignal = partial(qtbot.waitSignal, timeout=desktop.WAIT_MS)
    return qtbot


@pytest.fixture(scope="session", autouse=True)
def _nobody_types():
    """Nothing waits for somebody to stop typing; a test of the pause itself gives it its length back."""
    Pause.longest = 1
    yield
    Pause.longest = AS_WRITTEN


@pytest.fixture(scope="session")
def furnished(tmp_path_factory, _workers_home):
    """A database file with the landlord of `desktop.furnish`, made once, and its accounts by name."""
    from app.services.core.clock import FixedClock

    def make(folder):
        clock = FixedClock(TODAY)
        name, full_name = system_user()
        database = databases.create(folder / "landlord.db", name, full_name, clock)
        accounts = desktop.furnish(Desk.sit_down(database, name, clock))
        database.close()
        (folder / "accounts.json").write_text(json.dumps(accounts))

    register()
    folder = made_once(tmp_path_factory, _workers_home, "landlord", make)
    return folder / "landlord.db", json.loads((folder / "accounts.json").read_text())


@pytest.fixture
def landlord_file(furnished, tmp_path):
    """A copy of that file for one test."""
    return shutil.copy(furnished[0], tmp_path / "landlord.db")


@pytest.fixture
def accounts(furnished):
    """The ids of the accounts of that file by name."""
    return furnished[1]


@pytest.fixture
def landlord_desk(landlord_file, clock):
    """The desk of its first officer."""
    database = Database(databases.database_url(landlord_file))
    yield Desk.sit_down(database, system_user()[0], clock)
    database.close()


@pytest.fixture
def tasks(qapp):
    """A pool that is empty again when the test ends."""
    made = Tasks()
    yield made
    assert made.drain()
    qapp.processEvents()
    made.deleteLater()


@pytest.fixture
def crashes():
    """What crashed: nothing, unless the test expects it."""
    found: list[BaseException] = []
    yield found
    assert found == []


@pytest.fixture
def office(landlord_desk, tasks, qtbot, crashes):
    """An open desk as controllers are given it."""
    messages = MessageBar()
    qtbot.addWidget(messages)
    bus = ChangeBus()
    yield Office(landlord_desk, tasks, bus, messages, crashes.append, documents=DOCUMENTS, diary=DIARY)
    tasks.drain()


@pytest.fixture
def program(qapp, theme, clock, qtbot):
    """The whole program with its window, no database open yet; nothing may crash in it."""
    made = Rentbook(qapp, theme, clock, demonstration=Size(3, 1, 1))
    crashed: list[str] = []
    made.crashes.reported.connect(lambda _reference, details: crashed.append(details))
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    yield made
    made.window.close()
    for _ in range(50):
        made.tasks.drain()
        qapp.processEvents()
        if not made.tasks.busy:
            break
    made.close_database()
    made.deleteLater()
    assert crashed == []


@pytest.fixture
def desktop_over_landlord(program, landlord_file, qtbot, clock):
    """The window over the small landlord, its first accounts on the screen: the tab that was left earlier the same day."""
    settings.keep_tab("rent", clock.today(), Memory(system_user()[0], databases.database_url(str(landlord_file))))
    program.begin(str(landlord_file))
    desktop.wait(qtbot, lambda: program.office is not None)
    accounts = program.controllers["rent"]
    program.window.go_to(accounts.page)
    desktop.wait(qtbot, lambda: accounts.page.finder.model.rowCount() and accounts.header is not None)
    desktop.wait(qtbot, lambda: not program.tasks.busy)
    return program
