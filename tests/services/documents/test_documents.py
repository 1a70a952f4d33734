import hashlib

import pytest
from sqlalchemy import func, select, update

from app.models.audit import AuditEntry
from app.models.documents import Document
from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.documents import commands, keeping, queries
from app.services.documents.dto import NewFile, NewLink

SCAN = b"%PDF scan"


def test_the_same_bytes_are_kept_once(desk):
    first = desk.do(keeping.put, SCAN, "application/pdf")
    assert first == desk.do(keeping.put, SCAN, "application/pdf") == hashlib.sha256(SCAN).hexdigest()
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Document))) == 1
    assert desk.ask(queries.content, first) == SCAN


def attach(desk, account, name, content, title=""):
    return desk.do(commands.attach, Subject.ACCOUNT, account, [NewFile(name, content, title)])


def test_an_attached_file_is_listed_with_its_account_and_opens(desk, account):
    assert attach(desk, account, "letter.txt", b"Dear", "Letter of 2 November").changes.account_ids == {account}
    (row,) = desk.ask(queries.listed, Subject.ACCOUNT, account)
    assert (row.title, row.file_name, row.size, row.linked_by) == (
        "Letter of 2 November",
        "letter.txt",
        4,
        "Test Officer",
    )
    assert desk.ask(queries.opened, row.link_id).content == b"Dear"
    assert desk.ask(queries.listed, Subject.TENANCY, account) == ()


def test_the_latest_stands_first(desk, account):
    for name in ("one.txt", "two.txt"):
        attach(desk, account, name, name.encode())
    assert [row.title for row in desk.ask(queries.listed, Subject.ACCOUNT, account)] == ["two.txt", "one.txt"]


def test_bytes_changed_behind_our_back_are_not_handed_out(desk):
    sha256 = desk.do(keeping.put, SCAN, "application/pdf")
    desk.do(lambda ctx: ctx.session.execute(update(Document).values(content=b"other")))
    with pytest.raises(UserError, match="not the one that was put there"):
        desk.ask(queries.content, sha256)


def test_what_is_not_there_is_said_to_be_gone(desk):
    with pytest.raises(UserError, match="no longer there"):
        desk.ask(queries.opened, 99)
    with pytest.raises(UserError, match="not in the database"):
        desk.ask(queries.content, "0" * 64)


def test_the_audit_holds_the_hash_and_not_the_bytes(desk):
    sha256 = desk.do(keeping.put, b"secret words", "text/plain")
    desk.do(keeping.link, sha256, NewLink(Subject.LOAD, 1, "file", "A file", "a.txt"))
    entries = desk.ask(lambda ctx: ctx.session.scalars(select(AuditEntry.after)).all())
    assert any(sha256 in entry for entry in entries)
    assert not any("secret" in entry for entry in entries)
