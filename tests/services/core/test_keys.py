"""Keys are made with the database, kept apart from it, and carried to another desk by passphrase."""

import stat
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from app.models.audit import AuditEntry
from app.models.drafts import EncryptionKey
from app.services.core import database as databases
from app.services.core import keys
from app.services.core.errors import UserError
from app.services.core.keys import Key
from app.services.core.session import Desk

PASSPHRASE = "four plain made-up words"


@pytest.fixture(autouse=True)
def _read_afresh():
    keys.forget()
    yield
    keys.forget()


def folder(tmp_path):
    return tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys"


def lose_the_keys(tmp_path):
    for path in folder(tmp_path).iterdir():
        path.unlink()
    keys.forget()


def overwrite(tmp_path, content):
    """Every key that is kept here is spoilt: there is one for each ready-made file."""
    for path in folder(tmp_path).glob("*.key"):
        path.write_bytes(content)
    keys.forget()


def test_a_new_database_has_a_key_that_only_its_user_can_read(tmp_path):
    databases.create(tmp_path / "new.db", "amy").close()
    made = databases.Database(databases.database_url(tmp_path / "new.db"))
    key_id = made.read(lambda session: session.scalar(select(EncryptionKey.key_id)))
    made.close()
    path = folder(tmp_path) / f"{key_id}.key"
    assert path.is_file()
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() not in (tmp_path / "new.db").read_bytes()


def test_what_is_sealed_is_opened_again_only_for_what_it_belongs_to(desk):
    sealed = desk.do(lambda ctx: keys.current(ctx).seal(b"12-34-56", "mandate:7"))
    assert b"12-34-56" not in sealed
    assert desk.ask(lambda ctx: keys.unseal(ctx.session, sealed, "mandate:7")) == b"12-34-56"
    with pytest.raises(UserError, match="altered"):
        desk.ask(lambda ctx: keys.unseal(ctx.session, sealed, "mandate:8"))


@pytest.mark.parametrize("sealed", [b"", b"R1", b"12-34-56 12345678"])
def test_what_is_not_sealed_at_all_is_told_as_altered(desk, sealed):
    with pytest.raises(UserError, match="it has been altered"):
        desk.ask(lambda ctx: keys.unseal(ctx.session, sealed, "it"))


def test_a_changed_key_still_opens_what_the_old_one_sealed(desk):
    old = desk.do(lambda ctx: keys.current(ctx).seal(b"old", "it"))
    desk.do(lambda ctx: keys.make(ctx.session, ctx.clock))
    new = desk.do(lambda ctx: keys.current(ctx).seal(b"new", "it"))
    assert keys.key_named(old) != keys.key_named(new)
    assert [desk.ask(lambda ctx, each=each: keys.unseal(ctx.session, each, "it")) for each in (old, new)] == [
        b"old",
        b"new",
    ]


def test_a_database_from_before_there_were_keys_gets_one_at_first_need(desk):
    desk.do(lambda ctx: ctx.session.execute(delete(EncryptionKey)))
    sealed = desk.do(lambda ctx: keys.current(ctx).seal(b"first", "it"))
    assert desk.ask(lambda ctx: keys.unseal(ctx.session, sealed, "it")) == b"first"
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(EncryptionKey))) == 1


def test_a_missing_key_is_told_with_what_to_do(desk, tmp_path):
    lose_the_keys(tmp_path)
    with pytest.raises(UserError, match=r"isn't kept at this desk.*rentbook key import"):
        desk.do(keys.current)


def test_another_key_in_its_place_is_told(desk, tmp_path):
    overwrite(tmp_path, b"AAAA" * 10 + b"AAA=")
    with pytest.raises(UserError, match="is not that key"):
        desk.do(keys.current)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"not base64!", b"QUJD"])
def test_a_damaged_key_file_is_told(desk, tmp_path, content):
    overwrite(tmp_path, content)
    with pytest.raises(UserError, match="key"):
        desk.do(keys.current)


def test_another_desk_reads_the_exported_key_with_its_passphrase(desk, tmp_path):
    sealed = desk.do(lambda ctx: keys.current(ctx).seal(b"shared", "it"))
    text = desk.do(keys.export_key, PASSPHRASE)
    lose_the_keys(tmp_path)
    with pytest.raises(UserError, match="passphrase doesn't open"):
        desk.ask(keys.import_key, text, "some other passphrase")
    assert desk.ask(keys.import_key, text, PASSPHRASE) == keys.key_named(sealed)
    assert desk.ask(lambda ctx: keys.unseal(ctx.session, sealed, "it")) == b"shared"
    taken = desk.ask(lambda ctx: ctx.session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).all())
    assert [(entry.table_name, entry.officer_id) for entry in taken] == [("encryption_key", desk.officer.id)]


def test_only_the_administrator_takes_the_key_out(colleague):
    with pytest.raises(UserError, match="take the encryption key out"):
        colleague.do(keys.export_key, PASSPHRASE)
    manager = Desk.sit_down(colleague.database, "manager", colleague.clock)
    assert "rentbook_key" in manager.do(keys.export_key, PASSPHRASE)


def test_a_short_passphrase_is_refused(desk):
    with pytest.raises(UserError, match="shorter than 12"):
        desk.do(keys.export_key, "too short")


def test_the_key_of_another_database_is_refused(desk, tmp_path, clock):
    other = databases.create(tmp_path / "other.db", "amy", clock=clock)
    text = Desk.sit_down(other, "amy", clock).do(keys.export_key, PASSPHRASE)
    other.close()
    with pytest.raises(UserError, match="another database"):
        desk.ask(keys.import_key, text, PASSPHRASE)


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"rentbook_key": 2, "salt": "", "sealed": ""}', "\x00" * 50, "[" * 200_000]
)
def test_a_file_that_holds_no_key_is_refused(desk, text):
    with pytest.raises(UserError, match="doesn't hold a key"):
        desk.ask(keys.import_key, text, PASSPHRASE)


@given(plain=st.binary(max_size=200), about=st.text(max_size=20), at=st.integers(0, 400))
def test_any_flipped_bit_is_noticed(plain, about, at):
    key = Key("00112233445566ff", bytes(range(32)))
    sealed = bytearray(key.seal(plain, about))
    assert key.unseal(bytes(sealed), about) == plain
    sealed[at % len(sealed)] ^= 1
    with pytest.raises(UserError):
        key.unseal(bytes(sealed), about)


def test_a_key_is_never_shown():
    assert "\\x00" not in repr(Key("00112233445566ff", bytes(32)))
