"""Logging as an officer does it, and putting right what was logged."""

from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from app.models.access import DeclaredAccount, RestrictedReader, RestrictedRecord
from app.models.post_log import PostCategory, PostEvent, PostItem, PostRule
from app.models.values import FormatNeed, PostChannel, PostState, PostStep, Relation, RuleField, Subject
from app.services.core.day_times import read_time
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.documents import queries as documents
from app.services.documents.dto import NewFile
from app.services.post_log import rules
from app.services.post_log.dto import Holder, NewItem
from app.services.post_log.logging import commands, queries
from tests.conftest import TODAY
from tests.factories import lettings
from tests.prepared import prepared

LETTER = NewItem(PostChannel.LETTER, "Rent increase", "Mrs Made Up")
SCAN = NewFile("scan.txt", b"Dear Council, about my rent")


@prepared
def account(desk):
    def make(ctx):
        person = lettings.person(ctx, "Alex", "Example", format_need=FormatNeed.LARGE_PRINT, language="Polish")
        return lettings.account(ctx, lettings.tenancy(ctx, lettings.dwelling(ctx), [person])).id

    return desk.do(make)


def row(desk, item_id):
    return desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id))


def steps(desk, item_id):
    wanted = select(PostEvent.step, PostEvent.words).where(PostEvent.item_id == item_id).order_by(PostEvent.id)
    return [tuple(each) for each in desk.ask(lambda ctx: ctx.session.execute(wanted).all())]


def category(desk, key):
    return desk.ask(lambda ctx: ctx.session.scalars(select(PostCategory.id).where(PostCategory.key == key)).one())


def test_an_item_takes_what_its_account_and_the_rules_know(desk, account):
    foi = category(desk, "foi")

    def rule(ctx):
        ctx.session.add(
            PostRule(
                position=1,
                field=RuleField.SUBJECT,
                words="freedom of information",
                category_id=foi,
                officer_id=ctx.officer.id,
            )
        )

    desk.do(rule)
    new = NewItem(PostChannel.LETTER, "Freedom of information request", account_id=account)
    logged = desk.do(commands.log, new)
    found = row(desk, logged.item_id)
    assert (logged.number, logged.category, logged.holder) == (
        "2026/0001",
        "Freedom of information request",
        "Test Officer",
    )
    assert (found.format, found.language) == (FormatNeed.LARGE_PRINT, "Polish")
    assert (found.sender, found.guessed) == ("Mx Alex Example", "category_id,holder,sender")
    assert found.reply_by == date(2026, 12, 21)  # it came on a Saturday, so 20 working days run from Monday 23 November
    assert steps(desk, logged.item_id)[1] == (PostStep.ALLOCATED, "by a routing rule")


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewItem(PostChannel.LETTER, "  ", "Mrs Made Up"), "subject_line"),
        (NewItem(PostChannel.LETTER, "A" * 201), "subject_line"),
        (NewItem(PostChannel.LETTER, "Card 4111 1111 1111 1111"), "subject_line"),
        (NewItem(PostChannel.LETTER, "Card", text="4111111111111111"), "text"),
        (NewItem(PostChannel.LETTER, "Old", received_on=date(2016, 11, 20)), "received_on"),
        (NewItem(PostChannel.LETTER, "Early", received_on=date(2026, 11, 22)), "received_on"),
        (NewItem(PostChannel.LETTER, "Lost", account_id=404), "account_id"),
        (NewItem(PostChannel.LETTER, "Lost", category_id=404), "category"),
        (NewItem(PostChannel.LETTER, "Lost", holder=Holder(officer_id=404)), "holder"),
    ],
)
def test_what_cannot_be_logged_is_refused_beside_its_field(desk, new, field):
    with pytest.raises(UserError) as refused:
        desk.do(commands.log, new)
    assert refused.value.field == field
    assert desk.ask(lambda ctx: ctx.session.scalars(select(PostItem)).all()) == []


def test_the_same_entry_twice_is_logged_once_and_one_like_it_is_told_of(desk):
    keyed = NewItem(PostChannel.LETTER, "Rent increase", "Mrs Made Up", entry_key="sitting 1")
    first = desk.do(commands.log, keyed, (SCAN,))
    again = desk.do(commands.log, keyed, (SCAN,))
    assert (again.item_id, again.again, first.again) == (first.item_id, True, False)
    proposed = desk.ask(queries.proposed, NewItem(PostChannel.LETTER, "rent  increase", "mrs made up"))
    assert [(each.number, each.why) for each in proposed.alike] == [("2026/0001", "the same sender and subject")]
    other = desk.ask(queries.proposed, NewItem(PostChannel.LETTER, "Something else", "Mrs Made Up"))
    assert other.alike == ()


def test_scans_go_with_their_item_and_by_their_name(desk):
    logged = desk.do(commands.log, LETTER, (SCAN, NewFile("virus.exe", b"MZ")))
    assert [each.file_name for each in logged.refused] == ["virus.exe"]
    filed = desk.do(commands.file_scans, (NewFile("2026-0001 back.txt", b"The back of it"), NewFile("stray.txt", b"?")))
    assert (filed.kept, [each.file_name for each in filed.refused]) == (1, ["stray.txt"])
    names = {each.file_name for each in desk.ask(documents.listed, Subject.POST_ITEM, logged.item_id)}
    assert names == {"scan.txt", "2026-0001 back.txt"}
    (listed,) = desk.ask(queries.logged_today, desk.clock.now())
    assert (listed.number, listed.scans) == ("2026/0001", 2)


def test_a_correction_is_in_the_history_and_sets_the_clocks_anew(desk, account):
    item_id = desk.do(commands.log, NewItem(PostChannel.LETTER, "Rent increase")).item_id
    assert row(desk, item_id).guessed == "category_id"
    kept = desk.ask(queries.entry, item_id)
    reference = desk.ask(queries.account_words, account)
    values = {**kept.values, "category_id": category(desk, "foi"), "account": reference, "sender": "Mr Other"}
    done = desk.do(commands.correct, item_id, values, kept.version)
    found = row(desk, item_id)
    assert (found.account_id, found.guessed, found.reply_by) == (account, "", date(2026, 12, 21))
    assert done.told == (
        "2026/0001: From: nothing, now Mr Other; "
        f"Account: nothing, now {reference}; Category: General enquiry, now Freedom of information request"
    )
    assert steps(desk, item_id)[-1][0] is PostStep.CHANGED
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.correct, item_id, values, kept.version)
    with pytest.raises(UserError, match="in the future"):
        desk.do(commands.correct, item_id, {**values, "received_on": date(2026, 11, 22)}, found.version)


def test_guesses_are_confirmed_many_at_once(desk):
    made = [desk.do(commands.log, NewItem(PostChannel.LETTER, each)).item_id for each in ("One", "Two")]
    done = desk.do(commands.confirm, made)
    assert done.told == "2 items are marked as checked."
    assert [row(desk, each).guessed for each in made] == ["", ""]
    assert steps(desk, made[0])[-1] == (PostStep.CONFIRMED, "Category")
    with pytest.raises(UserError, match="Nothing of this"):
        desk.do(commands.confirm, made)


def test_junk_and_copies_are_done_with(desk):
    first, copy, junk = [desk.do(commands.log, LETTER).item_id for _ in range(3)]
    desk.do(commands.junk, (junk,))
    assert desk.ask(queries.numbered, " 2026/1") == first
    for wrong in ("2026/0009", "none", ""):
        with pytest.raises(UserError) as refused:
            desk.ask(queries.numbered, wrong)
        assert refused.value.field == "number"
    assert [each.number for each in desk.ask(queries.copies_of, copy)] == ["2026/0001", "2026/0003"]
    done = desk.do(commands.mark_copy, copy, first)
    assert done.told == "2026/0002 is marked as a copy of 2026/0001."
    assert [row(desk, each).state for each in (first, copy, junk)] == [
        PostState.OPEN,
        PostState.DUPLICATE,
        PostState.JUNK,
    ]
    with pytest.raises(UserError, match="not open any more"):
        desk.do(commands.mark_copy, copy, first)
    with pytest.raises(UserError, match="copy of itself"):
        desk.do(commands.mark_copy, first, first)
    with pytest.raises(UserError, match="copy of itself"):
        desk.do(commands.mark_copy, first, copy)


def test_times_are_read_as_they_are_typed():
    read = read_time
    assert [read(each) for each in ("9", "930", "9.30", "14:05", "2pm", "12am", "")] == [
        time(9),
        time(9, 30),
        time(9, 30),
        time(14, 5),
        time(14),
        time(0),
        None,
    ]
    for wrong in ("25", "9:75", "13pm", "soon"):
        with pytest.raises(ValueError, match="not a time"):
            read(wrong)
    now = datetime(2026, 11, 21, 12).astimezone()
    assert rules.received_at(TODAY, None, TODAY, now) == now
    assert rules.received_at(date(2026, 11, 20), None, TODAY, now).astimezone().time() == time(12)


def test_an_item_is_shut_like_its_account_and_so_are_its_scans(desk, colleague, account):
    logged = desk.do(commands.log, NewItem(PostChannel.LETTER, "Rent increase", account_id=account), (SCAN,))

    def shut(ctx):
        record = RestrictedRecord(
            subject=Subject.ACCOUNT,
            subject_id=account,
            reason="Made up",
            restricted_by=ctx.officer.id,
            restricted_at=ctx.clock.now(),
        )
        ctx.session.add(record)
        ctx.session.flush()
        ctx.session.add(RestrictedReader(restricted_id=record.id, officer_id=colleague.officer.id))

    desk.do(shut)
    for question in (
        lambda: desk.ask(queries.entry, logged.item_id),
        lambda: desk.ask(documents.listed, Subject.POST_ITEM, logged.item_id),
        lambda: desk.do(commands.confirm, (logged.item_id,)),
        lambda: desk.do(commands.junk, (logged.item_id,)),
    ):
        with pytest.raises(UserError, match="restricted record"):
            question()
    (listed,) = desk.ask(queries.logged_today, desk.clock.now())
    assert (listed.sender, listed.subject_line) == ("Restricted", "")
    assert colleague.ask(queries.entry, logged.item_id).values["subject_line"] == "Rent increase"
    later = desk.do(commands.log, NewItem(PostChannel.LETTER, "Another letter", account_id=account))
    assert later.number == "2026/0002"


def test_post_of_a_declared_account_is_a_colleagues(desk, account):
    def declare(ctx):
        ctx.session.add(
            DeclaredAccount(
                officer_id=ctx.officer.id,
                account_id=account,
                relation=Relation.RELATIVE,
                from_on=TODAY,
                declared_by=ctx.officer.id,
            )
        )

    desk.do(declare)
    with pytest.raises(UserError, match="You declared this account") as refused:
        desk.do(commands.log, NewItem(PostChannel.LETTER, "Rent increase", account_id=account))
    assert refused.value.field == "account_id"
