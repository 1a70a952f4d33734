"""The support bundle holds nothing about anybody."""

import json
import stat
import sys
import zipfile
from io import BytesIO

import pytest

from app.models.landlord import Setting
from app.services.core import logs
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.diagnostics import bundle, jobs, machine

PLANTED = ("Winifred", "Sample-Planted", "07700 900123", "planted@example.org", "ZZ9 9ZZ", "QQ123456C", "66374958")


@pytest.fixture
def planted(desk, monkeypatch):
    """Names, telephone numbers, addresses and account numbers wherever they could come from."""
    desk.do(add, NewOfficer("winifred", "Winifred Sample-Planted", frozenset({Role.RENTS_OFFICER})))

    def note(ctx):
        ctx.session.add(Setting(key="office.telephone", value=PLANTED[2]))

    desk.do(note)
    logs.log_file().parent.mkdir(parents=True)
    line = f"2026-11-20 09:00:00,000 ERROR rentbook {' '.join(PLANTED[2:])}"
    logs.log_file().write_text(f"{line}\n", "utf-8")
    monkeypatch.setattr(machine, "printer_names", lambda: ("Winifred's printer",))
    return desk


def test_nothing_about_anybody_is_in_it(planted):
    files = bundle.texts(jobs.examine(planted), planted)
    assert [(name, each) for name, text in files.items() for each in PLANTED if each in text] == []


def test_it_says_how_things_are(planted):
    files = bundle.texts(jobs.examine(planted), planted)
    assert json.loads(files["database.json"])["rows"]["officer"] == 3
    assert "office.telephone" in json.loads(files["settings.json"])
    assert {"Schema", "Chain"} <= {each["about"] for each in json.loads(files["doctor.json"])["findings"]}
    masked = "<number> <e-mail> <postcode> <insurance number> <number>"
    assert f"2026-11-20 09:00:00,000 ERROR rentbook {masked}" in files["log/rentbook.log"]


def test_it_is_a_zip_that_only_its_owner_reads_and_never_overwrites(planted, tmp_path):
    files = bundle.texts(jobs.examine(planted), None)
    bundle.write(files, tmp_path / "bundle.zip")
    with zipfile.ZipFile(BytesIO((tmp_path / "bundle.zip").read_bytes())) as packed:
        assert set(packed.namelist()) == set(files)
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "bundle.zip").stat().st_mode) == 0o600
    with pytest.raises(UserError, match="already"):
        bundle.write(files, tmp_path / "bundle.zip")
