"""Rules that imports can't show: who commits, who makes colours, what no file may name."""

import re

import pytest

from app.services.core.policy_values import declared
from tests.architecture.repository import ROOT, files, name, python_files

NOT_TEXT = {".png", ".ico", ".svgz", ".ttf", ".xlsx", ".pdf", ".icns"}


def having(pattern: str, *folders: str, but: tuple[str, ...] = ()) -> list[str]:
    """Where a pattern stands in the Python files of some folders: `file:line`."""
    wanted = re.compile(pattern)
    return [
        f"{name(path)}:{number}"
        for path in python_files(*folders)
        if not name(path).startswith(but)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


def test_only_the_session_commits():
    assert having(r"\.commit\(", "app", but=("app/services/core/session.py",)) == []


@pytest.mark.parametrize("banned", [r"\bQColor\(", r"processEvents", r"\.exec_?\("])
def test_colours_event_pumps_and_modal_loops_stay_in_views_common(banned):
    allowed = ("app/views/common/", "app/bootstrap/", "app/offscreen.py", "app/tour.py", "app/shots/")
    assert having(banned, "app", but=allowed) == []


def test_places_of_layouts_are_looked_at_in_one_place():
    """See views/common/boxes.py: what PySide remembers of them outlives them."""
    looked = having(r"\.itemAt\(|\.takeAt\(|\b(QVBoxLayout|QHBoxLayout|QGridLayout)\(", "app/views")
    assert {each.split(":")[0] for each in looked} <= {"app/views/common/boxes.py", "app/views/common/flow.py"}


def test_the_style_of_a_widget_is_looked_at_in_one_place():
    """See `style_of` in views/common/theme.py: what PySide remembers of it outlives it. The sheet is put on windows only."""
    looked = having(r"(?<!QApplication)\.style\(\)|setStyleSheet\(", "app")
    assert {each.split(":")[0] for each in looked} <= {"app/views/common/theme.py"}


def test_services_never_ask_the_wall_clock():
    wall = r"\bdate\.today\(|datetime\.(now|today|utcnow)\(|time\.time\("
    assert having(wall, "app", but=("app/services/core/clock.py", "app/views/", "app/cli/")) == []


def test_money_is_never_a_float():
    assert having(r"\bfloat\([^)]*(pence|amount|balance)", "app") == []


def test_no_file_names_a_package_registry():
    address = re.compile(r"pypi\.org|pythonhosted|index-url|find-links|/simple\b", re.IGNORECASE)
    found = [
        name(path)
        for path in files()
        if path.suffix not in NOT_TEXT
        and path.name not in {"test_habits.py", "lock.py"}
        and address.search(path.read_text("utf-8", "replace"))
    ]
    assert found == []


def test_nothing_reaches_outside_the_project():
    outside = re.compile(r"\.\./shared")
    found = [
        name(path)
        for path in files()
        if path.suffix not in NOT_TEXT
        and path.name != "test_habits.py"
        and outside.search(path.read_text("utf-8", "replace"))
    ]
    assert found == []


def test_no_unfinished_business():
    assert having(r"#\s*(TODO|FIXME|XXX|HACK)\b") == []


def test_build_is_tracked_and_never_ignored():
    """`build/` is the default work folder of PyInstaller and stands in many ready-made ignore lists."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert not {"build", "build/", "/build", "/build/"} & set(ignored)
    assert {"build/dev.py", "build/requirements.txt", "build/requirements-dev.txt"} <= {name(path) for path in files()}


def test_requirements_are_exact_and_hashed():
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / "build" / lock).read_text("utf-8")
        packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert packages
        assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []


def test_every_area_of_the_window_has_its_help_page():
    views = ROOT / "app" / "views"
    pages = [*views.glob("*/page.py"), *views.glob("*/controller.py")]
    areas = {path.parent.name for path in pages} - {"common", "shell"}
    assert sorted(area for area in areas if not (ROOT / "resources" / "help" / f"{area}.md").is_file()) == []


def test_every_policy_that_is_shipped_is_asked_for():
    """A value that can be changed and changes nothing would be a lie. Some keys are put together: `f"backups.{each}"`."""
    source = "\n".join(path.read_text("utf-8") for path in python_files("app"))
    begun = tuple(re.findall(r'f"([a-z_]+\.[a-z_]*)\{', source))
    assert [key for key in declared() if f'"{key}"' not in source and not key.startswith(begun)] == []
