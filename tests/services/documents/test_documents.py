import hashlib

import pytest
from sqlalchemy import func, select, update

from app.models.audit import AuditEntry
from app.models.documents import Document
from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.documents import commands, queries
from app.services.documents.dto import NewLink
from tests.factories import lettings

SCAN = b"%PDF scan"


@pytest.fixture
def account(desk):
    return desk.do(lambda ctx: lettings.letting(ctx).account.id)


def test_the_same_bytes_are_kept_once(desk):
    first = desk.do(commands.put, SCAN, "application/pdf")
    assert first == desk.do(commands.put, SCAN, "application/pdf") == hashlib.sha256(SCAN).hexdigest()
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Document))) == 1
    assert desk.ask(queries.content, first) == SCAN


def test_an_attached_file_is_listed_with_its_account_and_opens(desk, account):
    changes = desk.do(commands.attach, account, "letter.pdf", "application/pdf", SCAN, "Letter of 2 November")
    assert changes.account_ids == {account}
    (row,) = desk.ask(queries.listed, Subject.ACCOUNT, account)
    assert (row.title, row.file_name, row.size, row.linked_by) == (
        "Letter of 2 November",
        "letter.pdf",
        9,
        "Test Officer",
    )
    assert desk.ask(queries.opened, row.link_id).content == SCAN
    assert desk.ask(queries.listed, Subject.TENANCY, account) == ()


def test_the_latest_stands_first(desk, account):
    for name in ("one.txt", "two.txt"):
        desk.do(commands.attach, account, name, "text/plain", name.encode())
    assert [row.title for row in desk.ask(queries.listed, Subject.ACCOUNT, account)] == ["two.txt", "one.txt"]


def test_an_empty_or_huge_file_is_refused(desk, account, monkeypatch):
    with pytest.raises(UserError, match="is empty"):
        desk.do(commands.attach, account, "nothing.pdf", "application/pdf", b"")
    monkeypatch.setattr(commands, "LARGEST_ATTACHED", 5)
    with pytest.raises(UserError, match="larger than 50 MB"):
        desk.do(commands.attach, account, "huge.pdf", "application/pdf", b"123456")


def test_bytes_changed_behind_our_back_are_not_handed_out(desk):
    sha256 = desk.do(commands.put, SCAN, "application/pdf")
    desk.do(lambda ctx: ctx.session.execute(update(Document).values(content=b"other")))
    with pytest.raises(UserError, match="not the one that was put there"):
        desk.ask(queries.content, sha256)


def test_what_is_not_there_is_said_to_be_gone(desk):
    with pytest.raises(UserError, match="no longer there"):
        desk.ask(queries.opened, 99)
    with pytest.raises(UserError, match="not in the database"):
        desk.ask(queries.content, "0" * 64)


def test_the_audit_holds_the_hash_and_not_the_bytes(desk):
    sha256 = desk.do(commands.put, b"secret words", "text/plain")
    desk.do(commands.link, sha256, NewLink(Subject.LOAD, 1, "file", "A file", "a.txt"))
    entries = desk.ask(lambda ctx: ctx.session.scalars(select(AuditEntry.after)).all())
    assert any(sha256 in entry for entry in entries)
    assert not any("secret" in entry for entry in entries)
