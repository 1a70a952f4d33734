"""What the program is made of: every locked package, each with a licence under which it may be handed on."""

import re
import shutil
import subprocess
import sys
from importlib.metadata import version

import pytest
from packaging.markers import Marker

from app.services.core import components as told


@pytest.fixture(scope="module")
def components():
    return told.components()


def may_be_handed_on(licence):
    """One of the licences that are offered asks nobody to publish what is made with it (LGPL and Bootloader-exception don't)."""
    return any(not re.match(r"A?GPL", offer) or "exception" in offer for offer in re.split(r" OR ", licence))


def test_every_locked_package_is_told_with_its_version(components, built):
    locked = [each for each in built("sbom").locked() if not each.marker or Marker(each.marker).evaluate()]
    known = {each.name: each.version for each in components if each.package}
    assert len(locked) > 70
    assert {each.name: each.version for each in locked} == known


def test_each_has_a_licence_that_lets_it_be_handed_on_and_its_text(components):
    assert [each.name for each in components if not each.licence] == []
    assert [each.name for each in components if not may_be_handed_on(each.licence)] == []
    assert [each.name for each in components if not each.texts] == ["SQLite", "XZ Utils"]  # given to the public


def test_a_library_that_nothing_in_the_list_is_fails_the_smoke_test(built, tmp_path):
    inside = tmp_path / "program"
    known = ("libQt.txt", "PySide6/Qt/lib/libQt6Core.so.6", "numpy.libs/libscipy_openblas64_-32a4b2a6.so", "libz.so.1")
    windows = ("vcruntime140.dll", "libffi-8.dll", "_ssl.pyd", "python311.dll", "lxml/etree.cp311-win_amd64.pyd")
    unknown = ("libmystery.so.3", "mystery/inner.pyd", "libcups.so.2")
    for name in known + windows + unknown:
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).touch()
    (inside / "libscipy.so").symlink_to("numpy.libs/libscipy_openblas64_-32a4b2a6.so")
    found = [line.split(": ")[0].rpartition("program/")[2] for line in built("listed").unlisted(tmp_path)]
    assert found == sorted(unknown)


def test_what_counts_as_gpl_only():
    assert not may_be_handed_on("GPL-3.0-only")
    assert may_be_handed_on("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
    assert may_be_handed_on("GPL-2.0-or-later WITH Bootloader-exception")


def test_what_is_no_package_is_told_too(components):
    found = {each.name: each for each in components if not each.package}
    assert {"Python", "Qt", "PDFium", "zlib", "SQLite", "OpenSSL", "Material Design Icons"} <= found.keys()
    assert found["Python"].version == sys.version.split()[0]
    assert found["Qt"].version == version("PySide6-Essentials")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["Qt"].texts[0]
    assert found["PyInstaller (the part that starts the packaged program)"].version == version("pyinstaller")


def test_a_package_without_its_metadata_file_is_told_as_the_packaged_program_tells_it(built, tmp_path):
    """The packaged program has each package's metadata, shortened, and its licences, and tells the same by them."""
    for source, target in built("packing").metadata(tmp_path / "made"):
        (tmp_path / target).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tmp_path / target)
    script = "import sys, json; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]; sys.path.append(sys.argv[1])\n"
    script += "import packaging.requirements\n"
    script += (
        "from app.services.core.components import components as c; print(len(c()), sum(len(e.texts) for e in c()))"
    )
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    shutil.copytree(f"{packages}/packaging", tmp_path / "packaging")
    here = str(told.resource().parent)
    asked = subprocess.run(
        [sys.executable, "-S", "-c", script, str(tmp_path)],
        env={"PYTHONPATH": here},
        capture_output=True,
        text=True,
        check=False,
    )
    found = told.components()
    assert asked.stdout.split() == [str(len(found)), str(sum(len(each.texts) for each in found))], asked.stderr
