"""Writing one letter: how it is made, kept, approved, printed, undone and returned."""

import io
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.models.diary import Task
from app.models.holds import Flag
from app.models.letters import Outgoing
from app.models.values import FormatNeed, HoldKind, Subject
from app.services.approvals import commands as approvals
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.documents import queries as documents
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.letters import keeping
from app.services.letters.commands import queue as commands
from app.services.letters.dto import (
    EVERYTHING,
    Channel,
    NewLetter,
    OutgoingSort,
    OutgoingState,
    Returned,
    Variant,
)
from app.services.letters.queries import figures, queue
from tests.services.letters.conftest import tenant

ANSWERS = {"subject": "Your tenancy", "text": "Thank you for calling.\n\n- One thing\n- **Another**"}


def general(account, **more):
    return NewLetter("general_letter", account, ANSWERS, **more)


def pages(content):
    return [page.extract_text() for page in PdfReader(io.BytesIO(content), strict=True).pages]


def rows(desk, wanted=EVERYTHING):
    found = desk.ask(queue.ids, wanted, OutgoingSort.ADDRESS, descending=False)
    by_id = {row.outgoing_id: row for row in desk.ask(queue.rows, list(found))}
    return [by_id[each] for each in found]


def test_a_letter_is_made_kept_and_queued(desk, account):
    made = desk.do(commands.write, general(account))
    assert (made.state, made.title) == (OutgoingState.QUEUED, "General letter")
    file = desk.ask(queue.letter_file, made.outgoing_id)
    (text,) = pages(file.content)
    assert "Sample District Council" in text
    assert "Mx Alex Sample\n1 Sample Close\nTestford\nZZ11 1AA" in text
    assert "Dear Mx Sample," in text
    assert "Yours sincerely\nTest Officer\nRents team" in text
    assert "21 November 2026" in text
    assert "Page 1 of 1" in text
    links = desk.ask(documents.listed, Subject.ACCOUNT, account)
    assert [link.title for link in links] == ["General letter"]
    assert desk.ask(queue.letter_file, made.outgoing_id).content == file.content


def test_the_same_key_makes_one_letter(desk, account):
    first = desk.do(keeping.queue_letter, general(account, idempotency_key="case 7"))
    assert desk.do(keeping.queue_letter, general(account, idempotency_key="case 7")) == first
    assert len(rows(desk)) == 1


def test_a_blank_that_is_not_filled_in_stops_it(desk, account):
    with pytest.raises(UserError, match="'Text' is not filled in"):
        desk.do(commands.write, NewLetter("general_letter", account, {"subject": "x"}))
    assert rows(desk) == []


def test_nobody_is_written_to_who_must_not_be(desk, account, needs):
    desk.do(holds.place, PlaceHold(account, HoldKind.DECEASED, "bereaved"))
    with pytest.raises(UserError, match="Letters are stopped: tenant has died"):
        desk.do(commands.write, general(account))
    needs(account, do_not_contact=True)
    other = desk.do(tenant)
    needs(other, do_not_contact=True)
    with pytest.raises(UserError, match="Do not contact"):
        desk.do(commands.write, general(other))


def test_the_form_follows_what_people_need(desk, account, needs):
    needs(account, format_need=FormatNeed.LARGE_PRINT)
    made = desk.do(commands.write, general(account))
    assert rows(desk)[0].variant is Variant.LARGE_PRINT
    assert f"Our reference: 7000{account:04}" in pages(desk.ask(queue.letter_file, made.outgoing_id).content)[0]
    needs(account, format_need=FormatNeed.BRAILLE)
    with pytest.raises(UserError, match="Needs braille: make it by hand"):
        desk.do(commands.write, general(account))
    needs(account, format_need=FormatNeed.TEXT_ONLY)
    plain = desk.do(commands.write, general(account))
    file = desk.ask(queue.letter_file, plain.outgoing_id)
    assert file.media_type == "text/plain"
    assert "- One thing\r\n- Another" in file.content.decode()


def test_post_goes_to_the_address_for_letters(desk, account, needs):
    needs(account, correspondence_address="c/o Sample Care\n4 Other Road\nTestford\nzz991aa")
    desk.do(commands.write, general(account))
    assert rows(desk)[0].address == "c/o Sample Care, 4 Other Road, Testford, ZZ99 1AA"


def test_a_card_number_is_never_kept(desk, account):
    answers = {"subject": "x", "text": "Your card 4111 1111 1111 1111"}
    with pytest.raises(UserError, match="card number"):
        desk.do(commands.write, NewLetter("general_letter", account, answers))


REFUND = {"asked_on": "1 November 2026", "decision": "We will pay it.", "reason": "You are in credit."}


def test_a_letter_that_needs_a_second_person_waits_for_one(desk, account, second):
    made = desk.do(commands.write, NewLetter("refund_decision", account, REFUND))
    assert made.state is OutgoingState.WAITING
    with pytest.raises(UserError, match="can't be marked as printed"):
        desk.do(commands.mark_printed, [made.outgoing_id])
    with pytest.raises(UserError):
        desk.do(commands.approve, [made.outgoing_id])
    second.do(commands.approve, [made.outgoing_id])
    assert rows(desk)[0].state is OutgoingState.QUEUED
    story = [words for _, words in desk.ask(queue.detail, made.outgoing_id).story]
    assert story == ["Written by Test Officer", "Approved by Test Senior"]


def test_a_letter_that_is_refused_is_cancelled_with_the_reason(desk, account, second):
    made = desk.do(commands.write, NewLetter("refund_decision", account, REFUND))
    request = desk.ask(lambda ctx: ctx.session.get(Outgoing, made.outgoing_id).request_id)
    second.do(approvals.refuse, [request], "The sum is wrong")
    row = rows(desk)[0]
    assert (row.state, row.what) == (OutgoingState.CANCELLED, "Not approved: The sum is wrong")


def test_with_one_officer_such_a_letter_is_not_made(desk, account):
    with pytest.raises(UserError, match="takes two officers"):
        desk.do(commands.write, NewLetter("refund_decision", account, REFUND))
    assert rows(desk) == []


def test_cancelling_takes_the_request_back(desk, account, second):
    made = desk.do(commands.write, NewLetter("refund_decision", account, REFUND))
    desk.do(commands.cancel, [made.outgoing_id], "Written by mistake")
    assert rows(desk)[0].state is OutgoingState.CANCELLED
    with pytest.raises(UserError, match="None of these letters waits"):
        second.do(commands.approve, [made.outgoing_id])


def test_printed_undone_the_same_day_and_not_the_next(desk, account):
    made = desk.do(commands.write, general(account))
    desk.do(commands.mark_printed, [made.outgoing_id])
    row = rows(desk)[0]
    assert (row.state, row.what, row.undoable) == (OutgoingState.PRINTED, "Printed by Test Officer", True)
    with pytest.raises(UserError, match="is printed and can't be cancelled"):
        desk.do(commands.cancel, [made.outgoing_id])
    desk.do(commands.undo_printed, [made.outgoing_id])
    assert rows(desk)[0].state is OutgoingState.QUEUED
    desk.do(commands.mark_printed, [made.outgoing_id])
    tomorrow = replace(desk, clock=FixedClock(desk.clock.today() + timedelta(days=1)))
    with pytest.raises(UserError, match="was not printed today"):
        tomorrow.do(commands.undo_printed, [made.outgoing_id])


def test_printing_together_is_in_the_order_of_the_round_on_sheets_of_their_own(desk, account):
    others = [desk.do(tenant, ("Bo", f"Tenant{n}")) for n in range(3)]
    made = [desk.do(commands.write, general(each)).outgoing_id for each in (*others, account)]
    run = desk.ask(queue.print_run, made, two_sided=True)
    assert run.outgoing_ids == (made[3], made[0], made[1], made[2])
    assert run.sheets == 8
    text = pages(run.pdf)
    assert len(text) == 8
    assert [bool(page.strip()) for page in text] == [True, False] * 4
    assert "Alex Sample" in text[0]
    one_sided = desk.ask(queue.print_run, made, two_sided=False)
    assert (one_sided.sheets, len(pages(one_sided.pdf))) == (4, 4)


def test_what_waits_or_is_cancelled_is_not_printed(desk, account, second):
    waits = desk.do(commands.write, NewLetter("refund_decision", account, REFUND))
    with pytest.raises(UserError, match="None of these can be printed"):
        desk.ask(queue.print_run, [waits.outgoing_id], two_sided=False)


def test_returned_post_marks_the_address_and_gives_a_task(desk, account):
    made = desk.do(commands.write, general(account))
    today = desk.clock.today()
    with pytest.raises(UserError, match="only a letter that went out can come back"):
        desk.do(commands.returned, made.outgoing_id, Returned(today, "gone away"))
    desk.do(commands.mark_printed, [made.outgoing_id])
    with pytest.raises(UserError, match="came back from that day to today"):
        desk.do(commands.returned, made.outgoing_id, Returned(today + timedelta(days=1), "gone away"))
    desk.do(commands.returned, made.outgoing_id, Returned(today, "gone away"))
    assert rows(desk)[0].what == "Came back 21 Nov 2026: gone away"
    flags, tasks = desk.ask(
        lambda ctx: (ctx.session.scalars(select(Flag)).all(), ctx.session.scalars(select(Task)).all())
    )
    assert [(flag.flag, flag.account_id) for flag in flags] == [("address suspect", account)]
    assert [(task.kind, task.subject_id) for task in tasks] == [("returned_post", account)]
    assert tasks[0].due_on == date(2026, 11, 27)  # five working days after Saturday 21 November
    with pytest.raises(UserError, match="The address is doubted"):
        desk.do(commands.write, general(account))
    desk.do(commands.address_checked, account)
    assert desk.do(commands.write, general(account)).state is OutgoingState.QUEUED
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one().state) == "done"


def test_e_mails_and_texts_are_queued_without_a_file(desk, account):
    desk.do(commands.write, NewLetter("email_balance", account))
    desk.do(commands.write, NewLetter("text_call_us", account))
    found = {row.channel: row for row in rows(desk)}
    assert found[Channel.EMAIL].address == "alex@example.com"
    assert found[Channel.TEXT].address == "+447700900123"
    detail = desk.ask(queue.detail, found[Channel.TEXT].outgoing_id)
    assert detail.text == (
        f"Sample District Council: please call us about your account 7000{account:04} on 01632 960001 before "
        "28 November 2026. We never ask for card numbers by text."
    )
    assert detail.file is None


def test_the_register_is_searched_and_counted(desk, account):
    other = desk.do(tenant, ("Bo", "Tenant"))
    desk.do(commands.write, general(account))
    printed = desk.do(commands.write, general(other))
    desk.do(commands.mark_printed, [printed.outgoing_id])
    assert [row.addressee for row in rows(desk, replace(EVERYTHING, text="tenant bo"))] == ["Mx Bo Tenant"]
    wanted = replace(EVERYTHING, states=frozenset({OutgoingState.PRINTED}), mine=True, days=1)
    assert [row.addressee for row in rows(desk, wanted)] == ["Mx Bo Tenant"]
    assert desk.ask(queue.totals, wanted).count == 1
    counts = desk.ask(figures.counts)
    assert (counts.to_print, counts.printed_today, counts.waiting) == (1, 1, 0)


def test_a_letter_opens_in_word_with_its_styles(desk, account):
    from app.services.letters.queries import templates

    made = desk.do(commands.write, general(account))
    file = desk.ask(templates.letter_docx, made.outgoing_id)
    document = docx.Document(io.BytesIO(file.content))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "List Bullet", "Normal"} <= styles
    assert any("Mx Alex Sample" in cell.text for table in document.tables for row in table.rows for cell in row.cells)
