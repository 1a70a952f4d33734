"""What goes into the packaged program: all of ours, what it reads as files, and of the others only what is in use."""

from pathlib import Path

import pytest

from app.registered import MODULES
from app.services.core.schema import newest
from app.views.shell.areas import AREAS


@pytest.fixture
def packing(built):
    return built("packing")


def test_modules_that_are_found_by_name_are_there(packing):
    packed = {name for name, _, _ in packing.plain_modules()}
    wanted = {f"app.views.{area.name}.controller" for area in AREAS} | {
        each for names in MODULES.values() for each in names
    }
    assert wanted - packed == set()
    assert {
        "app.__main__",
        "app.smoke",
        "app.cli.main",
        "holidays.countries.united_kingdom",
        "phonenumbers.data.region_GB",
    } <= packed
    assert not any(
        name.startswith(("app.shots", "phonenumbers.geodata", "app.models.migrations.versions")) for name in packed
    )


def test_what_is_read_as_files_lies_beside_them(packing, tmp_path):
    files = {(Path(source).name, target) for source, target in packing.data(tmp_path)}
    names = {name for name, _ in files}
    assert any(name.startswith("materialdesignicons6") and name.endswith(".ttf") for name in names)
    assert {"valacdos.txt", "scsubtab.txt", "OpenSans-Regular.ttf", "env.py"} <= names
    assert any(newest() in name and target == "app/models/migrations/versions" for name, target in files)
    assert ("resources", "resources") in files
    assert ("libs", "mssql_python_odbc/libs") in files, "the driver looks for its library there"
    assert any(name.startswith("ddbc_bindings") and target == "mssql_python" for name, target in files)


def test_what_ours_import_is_found_and_none_of_it_is_left_out(packing):
    asked = set(packing.asked_for())
    assert {
        "PySide6.QtPdf",
        "alembic.command",
        "docx.oxml.ns",
        "pyhanko.sign",
        "sqlite3",
        "liquid.builtin.filters.string",
    } <= asked
    assert not any(packing.within(name, packing.PLAIN) for name in asked)
    left_out = {name for name in asked if packing.within(name, packing.NOT_PACKED)}
    assert left_out == {"doctest"}, "phonenumbers has it for its own tests"


def test_of_qt_only_what_is_in_use(packing):
    plugins = "PySide6/Qt/plugins"
    found = [
        ("/q/plugins/platforms/libqoffscreen.so", f"{plugins}/platforms"),
        ("/q/plugins/platforms/qwindows.dll", "PySide6/plugins/platforms"),
        ("/q/plugins/platforms/libqeglfs.so", f"{plugins}/platforms"),
        ("/q/plugins/imageformats/libqjpeg.so", f"{plugins}/imageformats"),
        ("/q/plugins/imageformats/libqpdf.so", f"{plugins}/imageformats"),
        ("/q/plugins/sqldrivers/libqsqlodbc.so", f"{plugins}/sqldrivers"),
        ("/q/translations/qtbase_de.qm", "PySide6/Qt/translations"),
        ("/q/opengl32sw.dll", "PySide6"),
        ("/q/lib/libQt6Core.so.6", "PySide6/Qt/lib"),
    ]
    kept = [Path(source).name for source, _ in packing.qt_parts(found)]
    assert kept == ["libqoffscreen.so", "qwindows.dll", "libqjpeg.so", "libQt6Core.so.6"]


def test_windows_shows_the_one_version_number(built):
    details = built("package").version_details("1.20.3")
    assert "filevers=(1, 20, 3, 0)" in details
    assert 'StringStruct("ProductVersion", "1.20.3")' in details
    assert "filevers=(1, 20, 0, 0)" in built("package").version_details("1.20.0rc1"), "before 1.20.1, not that"


def test_the_icon_has_every_size(built, tmp_path, qapp):
    from PIL import Image

    built("package").make_icon(tmp_path / "rentbook.ico")
    with Image.open(tmp_path / "rentbook.ico") as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= icon.info["sizes"]
        assert icon.size == (256, 256)
        assert icon.convert("RGBA").getextrema()[3] == (0, 255), "drawn, on nothing"
