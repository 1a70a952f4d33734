"""What is due for deletion, and what goes and what stays once a second officer approves it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.db import Base
from app.models.diary import Note
from app.models.documents import Document
from app.models.letters import Outgoing
from app.models.post_log import PostEvent, PostItem, PostMessage
from app.models.values import Money, PostChannel, PostState, PostStep, Subject, ValuableKind
from app.services.approvals import commands as approvals
from app.services.approvals.queries import request
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.post_log import keeping as log
from app.services.post_log.dto import NewItem
from app.services.post_log.retention import commands, deleting, queries
from app.services.post_log.retention.dto import AskDeletion
from app.services.post_log.valuables import commands as valuables
from app.services.post_log.valuables.dto import NewValuable
from tests.factories import lettings

TODAY = date(2026, 11, 21)
SECRET = "My plainly made-up secret"


def closed(desk, on, category="general", **more):
    """An item that was closed on a day, at noon."""

    def work(ctx):
        new = NewItem(PostChannel.LETTER, "An old letter", "Mx Sample", "1 Sample Road", SECRET, **more)
        item_id = log.log(ctx, replace(new, category_id=log.category(ctx, category).id))
        item = ctx.session.get_one(PostItem, item_id)
        item.state, item.closed_at = PostState.CLOSED, datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        return item_id

    return desk.do(work)


def scan(desk, item_id, content, subject=Subject.POST_ITEM):
    def work(ctx):
        sha256 = documents.put(ctx, content, "application/pdf")
        documents.link(ctx, sha256, NewLink(subject, item_id, documents.ATTACHED, "Scan", "scan.pdf"))
        return sha256

    return desk.do(work)


def rows(desk, table):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(table))))


def due(desk):
    return [row.item_id for row in desk.ask(queries.due).rows]


def test_an_item_is_due_on_the_day_that_its_months_are_over(desk):
    # general: 24 months; complaints: 72
    over = closed(desk, date(2024, 11, 21))
    closed(desk, date(2024, 11, 22))
    closed(desk, date(2024, 11, 20), "complaint_1")
    old = closed(desk, date(2020, 11, 21), "complaint_1")
    desk.do(log.log, NewItem(PostChannel.LETTER, "Open still"))
    found = desk.ask(queries.due)
    assert [row.item_id for row in found.rows] == [over, old]
    assert (found.count, found.rows[0].months, found.rows[0].done_on) == (2, 24, date(2024, 11, 21))


def test_the_content_goes_once_another_officer_approves_and_the_line_stays(desk, colleague):
    item_id, kept = closed(desk, date(2024, 1, 5)), closed(desk, date(2024, 1, 6))
    own, shared = scan(desk, item_id, b"%PDF own"), scan(desk, item_id, b"%PDF shared")
    scan(desk, kept, b"%PDF shared")

    def message(ctx):
        mail = documents.put(ctx, b"From: sample", "message/rfc822")
        ctx.session.add(PostMessage(item_id=item_id, key="k", document_sha256=mail))

    desk.do(message)
    asked = desk.do(commands.ask, AskDeletion(TODAY, frozenset({kept}), "Kept for two years"))
    assert asked.count == 1
    assert desk.ask(queries.due).waits == asked.request_id
    with pytest.raises(UserError, match="already"):
        desk.do(commands.ask, AskDeletion(TODAY, frozenset(), "Again"))
    with pytest.raises(UserError):
        desk.do(approvals.approve, [asked.request_id])
    colleague.do(approvals.approve, [asked.request_id])
    gone, stays = desk.ask(lambda ctx: [ctx.session.get_one(PostItem, each) for each in (item_id, kept)])
    assert (gone.text, gone.sender_address, gone.sender, gone.subject_line) == ("", "", "Mx Sample", "An old letter")
    assert gone.content_deleted_at is not None
    assert stays.text == SECRET
    assert {each.sha256 for each in rows(desk, Document)} == {shared}
    assert own != shared
    assert rows(desk, PostMessage) == []
    last = [each for each in rows(desk, PostEvent) if each.item_id == item_id][-1]
    assert (last.step, last.officer_id) == (PostStep.CONTENT_DELETED, colleague.officer.id)
    assert due(desk) == [kept]


def test_nothing_of_the_content_is_left_in_the_audit(desk, colleague):
    closed(desk, date(2024, 1, 5))
    asked = desk.do(commands.ask, AskDeletion(TODAY, frozenset(), "Kept for two years"))
    colleague.do(approvals.approve, [asked.request_id])
    said = "".join(each.before + each.after for each in rows(desk, AuditEntry))
    assert "An old letter" in said
    assert "25 characters" in said
    assert SECRET not in said
    assert "1 Sample Road" not in said


def test_a_list_that_has_changed_is_not_deleted(desk, colleague):
    item_id = closed(desk, date(2024, 1, 5))
    closed(desk, date(2024, 1, 6))
    asked = desk.do(commands.ask, AskDeletion(TODAY, frozenset(), "Kept for two years"))

    def reopen(ctx):
        item = ctx.session.get_one(PostItem, item_id)
        item.state, item.closed_at = PostState.OPEN, None

    desk.do(reopen)
    with pytest.raises(UserError, match="has changed since"):
        colleague.do(approvals.approve, [asked.request_id])
    assert all(each.text == SECRET for each in rows(desk, PostItem))


def test_what_is_of_value_and_still_here_keeps_its_item(desk, colleague):
    item_id = closed(desk, date(2024, 1, 5))
    new = NewValuable(item_id, ValuableKind.CHEQUE, Money(100), "", colleague.officer.id)
    desk.do(valuables.enter, new)
    assert due(desk) == []
    with pytest.raises(UserError, match="Nothing is left"):
        desk.do(commands.ask, AskDeletion(TODAY, frozenset(), "Kept for two years"))


def test_whoever_approves_reads_what_goes_by_category(desk, colleague):
    closed(desk, date(2024, 1, 5))
    closed(desk, date(2019, 1, 5), "invoice")
    asked = desk.do(commands.ask, AskDeletion(TODAY, frozenset(), "Kept for long enough"))
    shown = colleague.ask(request, asked.request_id).details
    assert {(each.label, each.after) for each in shown} >= {("General enquiry", "1"), ("Supplier invoice", "1")}


def letter(ctx, item_id, sha256, account_id=None, state="printed"):
    """Something that went out about an item."""
    row = Outgoing(
        title="Your question",
        subject=Subject.POST_ITEM.value,
        subject_id=item_id,
        account_id=account_id,
        channel="letter",
        format="standard",
        addressee="Mx Sample",
        address=SECRET,
        letter_date=TODAY,
        subject_line="Your question",
        body=SECRET,
        state=state,
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
        document_sha256=sha256,
        first_page=1,
        pages=1,
    )
    ctx.session.add(row)
    ctx.session.flush()
    documents.link(ctx, sha256, NewLink(Subject.LETTER, row.id, "letter", row.title, "letter.pdf"))
    return row.id


def test_notes_and_what_was_written_to_others_go_and_letters_to_tenants_stay(desk, colleague):
    item_id, kept = closed(desk, date(2024, 1, 5)), closed(desk, date(2026, 1, 5))
    account = desk.do(lambda ctx: lettings.letting(ctx).account.id)

    def write(ctx):
        for number in (item_id, kept):
            diary.add_note(ctx, Subject.POST_ITEM, number, SECRET)
        pdfs = [documents.put(ctx, each, "application/pdf") for each in (b"%PDF other", b"%PDF tenant", b"%PDF later")]
        other = letter(ctx, item_id, pdfs[0])
        return other, letter(ctx, item_id, pdfs[1], account), letter(ctx, item_id, pdfs[2], state="queued"), pdfs

    other, tenants, waits, pdfs = desk.do(write)
    asked = desk.do(commands.ask, AskDeletion(TODAY, frozenset(), "Kept for two years"))
    shown = {each.label: each.after for each in colleague.ask(request, asked.request_id).details}
    assert shown["Letters about them that stay"] == "1: they belong to the accounts of tenants"
    colleague.do(approvals.approve, [asked.request_id])
    assert [(each.subject_id, each.text) for each in rows(desk, Note)] == [(kept, SECRET)]
    found = {each.id: each for each in rows(desk, Outgoing)}
    gone = found[other]
    assert (gone.body, gone.address, gone.document_sha256, gone.pages) == ("", "", None, None)
    assert (gone.title, gone.addressee, gone.state) == ("Your question", "Mx Sample", "printed")
    assert [found[each].body for each in (tenants, waits)] == [SECRET, SECRET]
    assert {each.sha256 for each in rows(desk, Document)} == set(pdfs[1:])
    said = "".join(each.before + each.after for each in rows(desk, AuditEntry))
    assert SECRET not in said


def test_every_column_that_points_to_a_document_is_looked_at():
    known = {(column.class_.__tablename__, column.key) for column in deleting._POINTS}
    points = {
        (table.name, key.parent.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "document"
    }
    assert known == points
