"""Runs of statements: who gets one, what is kept, and what happens when a run stops."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.models.values import FormatNeed, HoldKind, JournalKind, Money
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, no_progress
from app.services.documents import queries as documents
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader
from app.services.ledger.dto import Line as Posting
from app.services.statements import commands, jobs, queries
from app.services.statements.dto import RunRequest, RunState, Variant, Which
from tests.factories import lettings
from tests.factories.statements import FROM, TO, landlord, tenant
from tests.prepared import prepared


def pages_of(path):
    return [page.extract_text() for page in PdfReader(path, strict=True).pages]


@prepared
def roll(desk):
    """Three tenants of group GEN and two of group SHE; the third pays in advance."""

    def make(ctx):
        landlord(ctx)
        return [
            tenant(ctx),
            tenant(ctx, weeks=30),
            tenant(ctx, weeks=0, paid=3000),
            tenant(ctx, group="SHE"),
            tenant(ctx, group="SHE", before=700),
        ]

    return desk.do(make)


def request(folder=None, **more):
    return RunRequest(FROM, TO, out_dir=folder, **more)


def test_one_file_for_each_rent_group_with_everybodys_pages(desk, roll, tmp_path):
    result = jobs.run_statements(desk, request(tmp_path))
    assert (result.sent, result.left_out, result.carried_on, result.exceptions) == (5, 0, False, ())
    assert [path.name for path in result.files] == ["Rent group GEN, standard.pdf", "Rent group SHE, standard.pdf"]
    items = desk.ask(queries.run_items, result.run_id)
    general = [(item.account_id, item.first_page, item.pages) for item in items if item.group_name == "Rent group GEN"]
    # 13 charges of the quarter and one payment fit one page
    assert general == [(roll[0], 1, 1), (roll[1], 2, 1), (roll[2], 3, 1)]
    text = pages_of(result.files[0])
    assert len(text) == 3
    assert "Your account was £30.00 in credit on 27 September 2026." in text[2]
    assert [item.balance for item in items][:3] == [Money(15_000), Money(125_000), Money(-3_000)]


def test_a_reprint_is_the_pages_that_were_sent_whatever_happens_later(desk, roll, tmp_path):
    result = jobs.run_statements(desk, request(tmp_path))
    item = desk.ask(queries.sent_to, roll[1])[0]
    first = desk.ask(queries.reprint, item.item_id)
    header = JournalHeader(JournalKind.ADJUSTMENT, date(2026, 11, 20), "test", "later")
    desk.do(ledger.post, header, [Posting(roll[1], "DBR", 9_999, FROM)])
    assert desk.ask(queries.reprint, item.item_id) == first
    reader = PdfReader(io.BytesIO(first), strict=True)
    assert [page.extract_text() for page in reader.pages] == pages_of(result.files[0])[1:2]
    assert reader.metadata.title == "Account statement, 29 June 2026 to 27 September 2026"
    assert reader.root_object["/Lang"] == "en-GB"


def test_each_account_also_gets_its_own_file_where_asked(desk, roll, tmp_path):
    jobs.run_statements(desk, request(tmp_path, file_each=True))
    item = desk.ask(queries.sent_to, roll[4])[0]
    single = tmp_path / "Rent group SHE, standard" / f"{item.reference}.pdf"
    assert single.read_bytes() == desk.ask(queries.reprint, item.item_id)
    assert len(list(tmp_path.rglob("*.pdf"))) == 2 + 5


def test_who_is_left_out_and_who_needs_a_look(desk, tmp_path):
    def make(ctx):
        held = tenant(ctx)
        return {
            "held": held,
            "quiet": tenant(ctx, need={"do_not_contact": True}),
            "gone": tenant(ctx, end_on=date(2026, 8, 2)),
            "braille": tenant(ctx, need={"format_need": FormatNeed.BRAILLE}),
            "empty": tenant(ctx, weeks=0, paid=0),
            "polish": tenant(ctx, need={"language": "Polish"}),
            "english": tenant(ctx, need={"language": "English"}),
            "still": tenant(ctx, weeks=0, paid=0, before=400),
            "unprintable": tenant(ctx, need={"first_name": "李"}),
        }

    who = desk.do(make)
    desk.do(holds.place, PlaceHold(who["held"], HoldKind.STATEMENT_HOLD, "Letter came back"))
    desk.do(holds.place, PlaceHold(who["english"], HoldKind.DISPUTE, "Another hold"))
    rehearsed = desk.ask(queries.rehearse, request())
    result = jobs.run_statements(desk, request(tmp_path))
    told = {item.account_id: (item.sent, item.exception) for item in result.exceptions}
    assert told == {
        who["held"]: (False, "On hold: Letter came back"),
        who["quiet"]: (False, "Do not contact."),
        who["gone"]: (False, "No address to post to."),
        who["braille"]: (False, "Needs braille: make it by hand."),
        who["empty"]: (False, "No movement in the period and nothing owed."),
        who["polish"]: (True, "Needs Polish: send a translation too."),
        who["still"]: (True, "No movement in the period."),
        who["unprintable"]: (True, "The name or address has letters that the printed font lacks."),
    }
    assert [item.sent for item in result.exceptions] == [False] * 5 + [True] * 3
    assert (result.sent, result.left_out) == (4, 5)
    assert [(row.account_id, row.exception) for row in rehearsed.exceptions if not row.sent] != []
    assert {row.account_id: (row.sent, row.exception) for row in rehearsed.exceptions} == told
    assert rehearsed.sent == 4
    sheet = load_workbook(tmp_path / jobs.EXCEPTIONS_FILE).active
    assert [row[4].value for row in sheet.iter_rows(min_row=5)][:1] != [None]
    assert desk.ask(queries.sent_to, who["held"]) == ()


def test_each_person_gets_the_form_they_need_in_a_file_of_its_own(desk, tmp_path):
    def make(ctx):
        return [
            tenant(ctx),
            tenant(ctx, need={"format_need": FormatNeed.LARGE_PRINT}),
            tenant(ctx, need={"format_need": FormatNeed.TEXT_ONLY}),
            tenant(ctx, need={"format_need": FormatNeed.TEXT_ONLY}),
        ]

    standard, large, plain, other = desk.do(make)
    result = jobs.run_statements(desk, request(tmp_path, file_each=True))
    assert sorted(path.name for path in result.files) == [
        "Rent group GEN, large print.pdf",
        "Rent group GEN, standard.pdf",
        "Rent group GEN, text.txt",
    ]
    items = {item.account_id: item for item in desk.ask(queries.run_items, result.run_id)}
    assert items[large].variant is Variant.LARGE_PRINT
    assert items[standard].variant is Variant.STANDARD
    assert (items[plain].first_page, items[other].first_page) == (1, 2)
    text = desk.ask(queries.reprint_file, items[other].item_id)
    assert (text.media_type, text.file_name[-4:]) == ("text/plain", ".txt")
    assert items[other].reference in text.content.decode()
    assert items[plain].reference not in text.content.decode()
    assert (tmp_path / "Rent group GEN, text" / f"{items[other].reference}.txt").read_bytes() == text.content


def test_a_form_asked_for_is_everybodys(desk, roll):
    result = jobs.run_statements(desk, request(variant=Variant.LARGE_PRINT))
    assert {item.variant for item in desk.ask(queries.run_items, result.run_id)} == {Variant.LARGE_PRINT}


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"rent_groups": frozenset({"SHE"})}, [3, 4]),
        ({"areas": frozenset({"North"})}, [0, 1, 2, 3, 4]),
        ({"areas": frozenset({"South"})}, []),
        ({"accounts": Which.ARREARS}, [0, 1, 3, 4]),
    ],
)
def test_a_run_takes_the_groups_areas_and_accounts_asked_for(desk, roll, more, wanted):
    result = jobs.run_statements(desk, request(**more))
    assert sorted(item.account_id for item in desk.ask(queries.run_items, result.run_id)) == [roll[at] for at in wanted]


def test_nobody_is_sent_the_same_statement_twice_unless_asked(desk, roll, tmp_path):
    first = jobs.run_statements(desk, request(tmp_path))
    with pytest.raises(UserError, match=f"were made before, as run {first.run_id}"):
        jobs.run_statements(desk, request())
    again = jobs.run_statements(desk, request(again=True))
    assert again.run_id != first.run_id
    assert [run.run_id for run in desk.ask(queries.runs)] == [again.run_id, first.run_id]
    assert desk.ask(queries.runs)[0].sent == 5


def stop_after(count):
    """A cancel token, and a progress that uses it after so many reports."""
    cancel = CancelToken()
    reports = []

    def progress(done, total, text=""):
        reports.append((done, total))
        if len(reports) > count:
            cancel.cancel()

    return cancel, progress, reports


def test_a_cancelled_run_keeps_whole_groups_and_carries_on(desk, roll, tmp_path):
    cancel, progress, _ = stop_after(1)
    with pytest.raises(Cancelled):
        jobs.run_statements(desk, request(tmp_path), progress, cancel)
    run = desk.ask(queries.runs)[0]
    assert (run.state, run.sent) == (RunState.CANCELLED, 3)
    kept = desk.ask(queries.run_items, run.run_id)
    first_file = desk.ask(queries.run_files, run.run_id)[0]
    result = jobs.run_statements(desk, request(tmp_path))
    assert (result.run_id, result.carried_on, result.sent) == (run.run_id, True, 5)
    assert desk.ask(queries.run_items, run.run_id)[:3] == kept
    assert desk.ask(queries.run_files, run.run_id)[0] == first_file
    assert desk.ask(queries.runs)[0].state is RunState.DONE
    assert [path.is_file() for path in result.files] == [True, True]


def test_a_run_killed_between_keeping_a_group_and_writing_its_file_writes_it_later(desk, roll, tmp_path):
    cancel, progress, _ = stop_after(1)
    with pytest.raises(Cancelled):
        jobs.run_statements(desk, request(), progress, cancel)
    result = jobs.run_statements(desk, request(tmp_path, file_each=True))
    stored = desk.ask(queries.run_files, result.run_id)
    for path, file in zip(result.files, stored, strict=True):
        assert path.read_bytes() == desk.ask(documents.content, file.sha256)
    assert len(list(tmp_path.rglob("*.pdf"))) == 2 + 5


def test_an_account_that_joins_a_group_after_a_stop_gets_a_second_file(desk, roll, tmp_path):
    cancel, progress, _ = stop_after(1)
    with pytest.raises(Cancelled):
        jobs.run_statements(desk, request(tmp_path), progress, cancel)
    late = desk.do(tenant)
    result = jobs.run_statements(desk, request(tmp_path))
    assert sorted(path.name for path in result.files) == [
        "Rent group GEN, standard 2.pdf",
        "Rent group GEN, standard.pdf",
        "Rent group SHE, standard.pdf",
    ]
    item = desk.ask(queries.sent_to, late)[0]
    assert (item.first_page, item.pages) == (1, 1)


def test_two_desks_at_the_same_run_keep_everything_once(desk, roll):
    desk.do(holds.place, PlaceHold(roll[0], HoldKind.STATEMENT_HOLD, "Dispute"))
    begun = desk.do(commands.begin_run, request())
    plan = desk.ask(queries.plan, request(), begun.run_id)
    drawn = list(jobs.drawing.draw_groups(desk, plan, FROM, TO, no_progress, CancelToken()))
    for name in ("Rent group GEN, standard.pdf", None):
        desk.do(commands.leave_out, begun.run_id, plan.left_out)
        assert desk.do(commands.keep_group, begun.run_id, drawn[0]) == name
    items = desk.ask(queries.run_items, begun.run_id)
    assert [(item.account_id, item.sent) for item in items] == [(roll[0], False), (roll[1], True), (roll[2], True)]


def test_the_number_of_statements_to_the_database_does_not_grow_with_the_accounts(desk, roll, query_log):
    jobs.run_statements(desk, request())
    few = len(query_log)
    desk.do(lambda ctx: [tenant(ctx) for _ in range(40)])
    query_log.clear()
    jobs.run_statements(desk, request(again=True))
    assert len(query_log) <= few


def test_processes_draw_the_same_file_as_this_one(desk, roll, monkeypatch):
    desk.do(lambda ctx: [tenant(ctx, weeks=0, paid=100) for _ in range(12)])
    here = jobs.run_statements(desk, request())
    monkeypatch.setattr(jobs.drawing, "_FEW", 0)
    monkeypatch.setattr(jobs.drawing, "_PART", 6)
    spread = jobs.run_statements(desk, request(again=True))
    for one, other in zip(
        desk.ask(queries.run_items, here.run_id), desk.ask(queries.run_items, spread.run_id), strict=True
    ):
        assert (one.account_id, one.first_page, one.pages) == (other.account_id, other.first_page, other.pages)
        texts = [
            [page.extract_text() for page in PdfReader(io.BytesIO(desk.ask(queries.reprint, item.item_id))).pages]
            for item in (one, other)
        ]
        assert texts[0] == texts[1]


def test_a_run_of_nobody_is_done_and_empty(desk):
    result = jobs.run_statements(desk, request())
    assert (result.sent, result.left_out, result.files) == (0, 0, ())


def test_lettings_start_after_the_period_are_not_in_it(desk, roll):
    late = desk.do(lambda ctx: lettings.letting(ctx, start_on=date(2026, 10, 5)).account.id)
    result = jobs.run_statements(desk, request())
    assert late not in {item.account_id for item in desk.ask(queries.run_items, result.run_id)}


def test_tenancies_that_ended_before_the_period_are_in_it_only_where_asked(desk):
    def make(ctx):
        return tenant(ctx), tenant(ctx, before=500, end_on=date(2026, 6, 28)), tenant(ctx, end_on=FROM)

    live, ended, ending = desk.do(make)
    usual = jobs.run_statements(desk, request())
    assert {item.account_id for item in desk.ask(queries.run_items, usual.run_id)} == {live, ending}
    all_of_them = jobs.run_statements(desk, request(former=True))
    assert {item.account_id for item in desk.ask(queries.run_items, all_of_them.run_id)} == {live, ended, ending}
