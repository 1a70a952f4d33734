"""Nobody of the source can be found in an anonymised copy, and the copy works like any other database."""

import contextlib
import json
import re
import sqlite3
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import LargeBinary, String, select

from app.models.db import Word
from app.models.tables import metadata
from app.services.bacs import sealing
from app.services.core import database as databases
from app.services.core import passwords
from app.services.core.folding import fold
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Database, Desk
from app.services.moving.anonymous import jobs
from app.services.moving.anonymous.classes import EMPTIED, Fate, by_name, fates
from app.services.moving.anonymous.files import left_out
from app.services.rent.search import refresh_search
from tests.prepared import copy_of

pytestmark = pytest.mark.sqlite_file

NASTY = "Rang Zebedee Quillfeather of 9 Hush Lane, NE12 8QQ, on 07911 123456: zebedee@quillfeather.co.uk"


def texts():
    """Every column that may hold text or bytes, but words from fixed lists."""
    for table in metadata.tables.values():
        for column in table.c:
            kind = column.type
            inner = getattr(kind, "impl", kind)
            if not isinstance(kind, Word) and isinstance(inner, String | LargeBinary):
                yield table.name, column.name


def test_every_text_column_says_what_becomes_of_it():
    there = {each for each in texts() if each[0] not in EMPTIED}
    assert sorted(there - set(fates())) == [], "say in app/services/moving/anonymous/columns_*.py what becomes of these"
    gone = {each for each in fates() if each[0] in metadata.tables and each not in there and each[0] not in EMPTIED}
    assert sorted(gone) == []
    assert sorted({table for table, _ in fates()} - set(metadata.tables)) == []
    assert sorted(set(EMPTIED) - set(metadata.tables)) == []


def test_a_name_that_is_personal_anywhere_is_so_in_the_audit():
    assert by_name()["last_name"] is Fate.NAME
    assert by_name()["note"] is Fate.FREE
    assert by_name()["title"] is Fate.FREE


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "text/csv", "message/rfc822", "application/zip"])
def test_a_document_is_replaced_by_one_of_its_kind(kind):
    content, made = left_out("0123456789abcdef", kind)
    other, _ = left_out("fedcba9876543210", kind)
    assert content != other
    if kind == "application/pdf":
        assert "0123456789abcdef" in PdfReader(BytesIO(content), strict=True).pages[0].extract_text()
    assert made == {"image/jpeg": "image/png", "application/zip": "text/plain"}.get(kind, kind)


def nasty(path):
    """Somebody's details where officers type them, and where only the audit has them."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute(
            "UPDATE person SET first_name = 'Zebedee', last_name = 'Quillfeather', date_of_birth = '1951-02-03', "
            "contact_note = ?, mobile = '07911 123456', email = 'zebedee@quillfeather.co.uk' WHERE id = 1",
            (NASTY,),
        )
        file.execute("UPDATE property SET address_1 = '9 Hush Lane', postcode = 'NE12 8QQ' WHERE id = 1")
        file.execute("UPDATE task SET title = ?, details = ? WHERE template IS NULL", (NASTY[:150], NASTY))
        file.execute(
            "UPDATE approval_detail SET label = ?, after = ?",
            (f"Account of Zebedee Quillfeather: {NASTY}"[:100], NASTY[:100]),
        )
        file.execute(
            "INSERT INTO audit_entry (at, officer_id, action, table_name, row_key, before, after) "
            "VALUES ('2026-11-20 12:00:00', 1, 'update', 'person', '1', ?, ?)",
            (
                '{"last_name": "Quillfeather", "date_of_birth": "1951-02-03"}',
                json.dumps({"words": NASTY, "seen": True}),
            ),
        )
        file.commit()


def personal(path):
    """What must not be found: names, telephone numbers, postcodes, e-mail addresses and references of the source."""
    wanted = {
        "person": ("last_name", "email", "mobile", "phone"),
        "property": ("postcode", "uprn"),
        "supplier": ("phone", "email"),
        "officer": ("username", "email"),
        "mandate": ("payer_name",),
        "refund": ("payee_name",),
        "account": ("payment_reference",),
        "suspense_item": ("payer_name",),
        "encryption_key": ("key_id",),
        "document": ("sha256",),
        "associate": ("name", "phone"),
    }
    found = {"Quillfeather", "Zebedee", "Hush Lane", "NE12 8QQ", "07911 123456", "1951-02-03"}
    with contextlib.closing(sqlite3.connect(path)) as file:
        for table, columns in wanted.items():
            for column in columns:
                found |= {text for (text,) in file.execute(f"SELECT {column} FROM {table} WHERE {column} <> ''")}
        names = file.execute("SELECT first_name, last_name FROM person WHERE first_name <> ''").fetchall()
    return {each for each in found | {f"{first} {last}" for first, last in names} if len(each) > 4} - {"system"}


@pytest.fixture(scope="module")
def made(demonstration, tmp_path_factory):
    """A landlord with somebody's details in odd places, and its anonymised copy."""
    from app.registered import register
    from app.services.core.clock import FixedClock
    from tests.conftest import TODAY

    register()
    folder = tmp_path_factory.mktemp("anonymous")
    source = copy_of(demonstration, folder / "source.db")
    nasty(source)
    urls = (databases.database_url(source), databases.database_url(folder / "copy.db"))
    moved = jobs.anonymise(*urls, FixedClock(TODAY), "trainer", refresh_search, no_progress, CancelToken())
    return source, folder / "copy.db", moved


def test_nobody_of_the_source_is_in_the_file(made):
    source, copy, _moved = made
    whole = copy.read_bytes().decode("utf-8", "replace").casefold()
    there = (each for each in personal(source) if each.casefold() in whole)
    assert sorted(each for each in there if re.search(rf"\b{re.escape(each.casefold())}\b", whole)) == []


def test_its_figures_are_those_of_the_source_and_it_is_sound(made):
    _source, _copy, moved = made
    assert moved.equal, [line for line in moved.lines if not line.equal]
    assert any("chain of digests of their own" in each for each in moved.told)


def test_an_officer_works_in_it(made, clock):
    _source, copy, moved = made
    database = Database(databases.database_url(copy))
    try:
        desk = Desk.sit_down(database, "trainer", clock)
        assert "administrator" in desk.officer.roles
        password = next(each for each in moved.told if "password" in each).rsplit(" ", 1)[1]
        kept = database.read(
            lambda session: session.scalars(select(metadata.tables["credential"].c.password_hash)).all()
        )
        assert all(passwords.fits(each, password) for each in kept[:1])
        person = metadata.tables["person"].c
        name = database.read(lambda session: session.scalar(select(person.last_name).order_by(person.id).limit(1)))
        word = metadata.tables["search_word"].c.word
        assert database.read(lambda session: session.scalar(select(word).where(word == fold(name)).limit(1)))
        bank = metadata.tables["mandate_bank"].c
        row = database.read(lambda session: session.execute(select(bank.id, bank.sealed, bank.last_two)).first())
        numbers = desk.ask(lambda ctx: sealing.open_account(ctx, f"mandate_bank:{row.id}", row.sealed))
        assert (numbers.sort_code[:2], numbers.account_number[-2:]) == ("00", row.last_two)
    finally:
        database.close()
