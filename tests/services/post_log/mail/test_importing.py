"""Messages are logged once, with what came with them, and what Rentbook guesses stays marked."""

import pytest
from sqlalchemy import delete, event, func, select

from app.models.documents import Document, DocumentLink
from app.models.post_log import PostEvent, PostItem, PostLink, PostMessage, PostRule
from app.models.values import PostChannel, PostState, PostStep, RuleField, Subject
from app.services.core.progress import CancelToken
from app.services.post_log import keeping
from app.services.post_log.mail import queries
from app.services.post_log.mail.dto import Original, TakenState, Why
from app.services.post_log.mail.jobs import bring_in, import_paths
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.services.post_log.mail.messages import CARD, eml, pdf

PDF = pdf()


def bring(desk, *contents, **more):
    return bring_in(desk, [Original(f"{n}.eml", each) for n, each in enumerate(contents)], len(contents), **more)


def rows(desk, table=PostItem):
    return desk.ask(lambda ctx: ctx.session.scalars(select(table).order_by(*table.__table__.primary_key)).all())


def states(result):
    return [each.state for each in result.taken]


def test_a_message_is_logged_with_its_original_and_its_attachments(desk):
    original = eml(files=(("../scan.pdf", PDF), ("virus.exe", b"MZ...")))
    result = bring(desk, original)
    (item,) = rows(desk)
    assert (item.channel, item.sender, item.sender_address) == (PostChannel.EMAIL, "Ada Sample", "ada@example.org")
    assert (item.subject_line, item.text, str(item.received_on)) == (
        "My rent",
        "Good morning, please look at my rent.",
        "2026-11-09",
    )
    assert result.count(TakenState.LOGGED) == 1
    links = rows(desk, DocumentLink)
    assert [(each.kind, each.file_name, each.subject_id) for each in links] == [
        ("message", "My rent.eml", item.id),
        ("file", "scan.pdf", item.id),
    ]
    kept = desk.ask(lambda ctx: ctx.session.scalars(select(Document.content)).all())
    assert sorted(kept) == sorted([original, PDF])


def test_the_same_message_is_never_logged_twice(desk):
    first, again = eml(1), eml(1, "the same, with another text")
    assert states(bring(desk, first, again)) == [TakenState.LOGGED, TakenState.KNOWN]
    assert states(bring(desk, again, eml(2))) == [TakenState.KNOWN, TakenState.LOGGED]
    assert len(rows(desk)) == len(rows(desk, PostMessage)) == 2


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
@pytest.mark.parametrize("together", [True, False])
def test_a_conversation_is_one_item_in_whatever_order_it_comes(desk, order, together):
    one, two = eml(1), eml(2, answers="<m1@example.org>", subject="Re: My rent")
    three = eml(3, answers="<m1@example.org> <m2@example.org>")
    contents = [(one, two, three)[each] for each in order]
    for portion in [contents] if together else [[each] for each in contents]:
        bring(desk, *portion)
    assert len(rows(desk)) == 1
    assert len(rows(desk, PostMessage)) == 3
    assert sum(each.step is PostStep.LINKED for each in rows(desk, PostEvent)) == 2


def test_an_answer_to_what_is_done_begins_an_item_linked_to_it(desk):
    bring(desk, eml(1))

    def close(ctx):
        keeping.item(ctx, 1).state = PostState.CLOSED
        ctx.session.flush()

    desk.do(close)
    assert states(bring(desk, eml(2, answers="<m1@example.org>"))) == [TakenState.LOGGED]
    (link,) = rows(desk, PostLink)
    assert (link.item_id, link.subject, link.subject_id) == (2, Subject.POST_ITEM, 1)


def test_what_was_deleted_at_the_end_of_its_retention_does_not_come_back(desk):
    bring(desk, eml(1))

    def forget(ctx):
        ctx.session.execute(delete(PostMessage))

    desk.do(forget)
    assert states(bring(desk, eml(1))) == [TakenState.KNOWN]
    assert rows(desk, PostMessage) == []


def test_what_is_guessed_is_marked(desk):
    let = desk.do(lettings.letting)
    person = desk.do(lettings.letting, people=[desk.do(lettings.person, "Bea", "Sample", email="Bea@Example.org")])
    reference = desk.ask(lambda ctx: ctx.session.merge(let.account).payment_reference)

    def rules(ctx):
        refresh_search(ctx)
        ctx.session.add(PostRule(position=1, field=RuleField.SUBJECT, words="unused", priority=1))
        ctx.session.add(
            PostRule(position=2, field=RuleField.ANYWHERE, words="direct debit*", category_id=3, officer_id=1)
        )

    desk.do(rules)
    desk.do(refresh_search)
    spaced = f"{reference[:4]} {reference[4:]}"
    bring(desk, eml(1, f"My reference is {spaced}, about my Direct  Debits."), eml(2, sender="Bea <bea@example.org>"))
    first, second = rows(desk)
    assert (first.account_id, first.category_id, first.officer_id) == (let.account.id, 3, 1)
    assert first.guessed == "account_id,category_id,holder"
    assert (second.account_id, second.person_id) == (person.account.id, person.person.id)
    assert second.guessed == "account_id,category_id"


def test_a_card_number_keeps_a_message_out_until_it_is_blanked(desk):
    holds = eml(1, f"pay with {CARD} 12/27", files=(("a.pdf", PDF),))
    result = bring(desk, holds, eml(2))
    assert [each.why for each in result.left] == [Why.CARD]
    assert "1111" in result.left[0].message
    assert len(rows(desk)) == 1
    bring(desk, holds, blank_cards=True)
    text = rows(desk)[1].text
    assert text == "pay with [card number] 12/27"
    everything = desk.ask(lambda ctx: b"".join(ctx.session.scalars(select(Document.content))))
    assert CARD.encode() not in everything
    assert PDF in desk.ask(lambda ctx: ctx.session.scalars(select(Document.content)).all())


def test_files_and_folders(desk, tmp_path):
    folder = tmp_path / "inbox" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.EML").write_bytes(eml(1))
    (folder / "notes.txt").write_text("no message")
    (folder / "fake.msg").write_bytes(b"not one")
    (tmp_path / "b.txt").write_text("no")
    (tmp_path / "large.eml").write_bytes(b"")
    with (tmp_path / "large.eml").open("r+b") as file:
        file.truncate(200_000_000)
    result = import_paths(desk, [tmp_path / "inbox", tmp_path / "b.txt", tmp_path / "large.eml", tmp_path / "gone.eml"])
    assert states(result) == [TakenState.LOGGED]
    assert sorted((each.place.rsplit("/", 1)[1], each.why) for each in result.left) == [
        ("b.txt", Why.UNREADABLE),
        ("fake.msg", Why.UNREADABLE),
        ("gone.eml", Why.UNREADABLE),
        ("large.eml", Why.LARGE),
    ]


def test_dates_of_the_future_and_an_empty_subject(desk):
    bring(desk, eml(1, "first line\nsecond", subject="", sent=desk.clock.now().replace(year=2031)), eml(2, sent=None))
    assert {each.received_on for each in rows(desk)} == {desk.clock.today()}
    assert rows(desk)[0].subject_line == "first line"


def test_stopped_it_keeps_whole_portions_and_goes_on_later(desk, monkeypatch):
    monkeypatch.setattr("app.services.post_log.mail.jobs.PORTION", 2)
    contents = [eml(each) for each in range(5)]
    cancel = CancelToken()

    def watch(done, total, text=""):
        if done == 2:
            cancel.cancel()

    stopped = bring(desk, *contents, progress=watch, cancel=cancel)
    assert (stopped.stopped, len(stopped.taken), len(rows(desk))) == (True, 2, 2)
    assert states(bring(desk, *contents)).count(TakenState.LOGGED) == 3


class Held(bytes):
    """The content of a message that counts how many of its kind are in memory."""

    now = most = 0

    def __init__(self, _content):
        Held.now += 1
        Held.most = max(Held.most, Held.now)

    def __del__(self):
        Held.now -= 1


def test_however_many_come_at_once_one_portion_is_in_memory_and_each_is_one_transaction(desk, monkeypatch):
    many, portion = 590, 30
    monkeypatch.setattr("app.services.post_log.mail.jobs.PORTION", portion)
    head = b"From: Ada <ada@example.org>\nSubject: My rent\nMessage-ID: <%d@example.org>\n\nGood morning.\n"
    portions, commits = [], []

    def committed(connection):
        commits.append(connection)

    event.listen(desk.database.engine, "commit", committed)
    originals = (Original(str(each), Held(head % each)) for each in range(many))
    result = bring_in(desk, originals, many, stored=lambda found: portions.append(len(found.taken)))
    event.remove(desk.database.engine, "commit", committed)
    assert (result.count(TakenState.LOGGED), result.left) == (many, ())
    assert portions == [*[portion] * (many // portion), many % portion]
    assert len(commits) == len(portions)
    assert portion <= Held.most < 2 * portion
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.max(PostItem.number)))) == many


def test_many_take_as_many_statements_as_one(desk, query_log):
    bring(desk, eml(0))
    query_log.clear()
    bring(desk, eml(1, files=(("a.pdf", PDF),)))
    one = len(query_log)
    query_log.clear()
    bring(desk, *(eml(each, files=((f"{each}.pdf", pdf(each)),)) for each in range(2, 60)))
    own = [each for each in query_log if "post_item" not in each and "post_event" not in each]
    assert len(own) <= one + 2
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.max(PostItem.number)))) == 60


def test_a_long_correspondence_is_shown_up_to_a_point(desk):
    html = "".join(f"<p>Line {line} of a long letter</p>" for line in range(5_000))
    bring(desk, eml(1, "short", html=html), eml(2, "short too", html="<p>short too</p>", answers="<m1@example.org>"))
    (item,) = rows(desk)
    reply, letter = desk.ask(queries.shown, item.id)
    assert (reply.html, reply.remarks) == ("<p>short too</p>\n", ())
    assert (letter.html, letter.text) == ("", "short")
    assert "plain text" in letter.remarks[0]
