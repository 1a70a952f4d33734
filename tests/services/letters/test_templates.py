"""Templates: the shipped ones, dated wordings, a second person, and the shipped wording restored."""

from datetime import date, timedelta

import pytest

from app.models.policy import PolicyValue
from app.models.values import Subject
from app.registered import announce
from app.services.approvals import commands as approvals
from app.services.approvals import queries as approval_queries
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.letters import fields, filling, shipped
from app.services.letters import templates as wordings
from app.services.letters.commands import queue
from app.services.letters.commands import templates as commands
from app.services.letters.dto import Channel, NewLetter, TemplateState, Variant, Wording
from app.services.letters.queries import templates
from tests.prepared import prepared

announce()
BY_HAND = sorted(key for key, each in shipped.shipped().items() if not fields.needs_more(each.wording))
"""The templates that say nothing that only the area that sends them knows."""
NEW = Wording("Your balance", "Your account {{ account.reference }}: {{ balance.words }}")


@prepared
def alone(desk, landlord):
    """An office whose policy asks for no second person over wordings."""

    def policy(ctx):
        ctx.session.add(
            PolicyValue(
                key=commands.NEEDS_SECOND,
                scope="",
                effective_from=date(2020, 1, 1),
                value="no",
                unit="yes or no",
                source="Test",
                verified_by="Test",
            )
        )
        ctx.session.flush()

    desk.do(policy)
    return desk


@pytest.mark.parametrize("key", sorted(shipped.shipped()))
def test_every_shipped_template_fills_in(key):
    wording = shipped.shipped()[key].wording
    asked = dict(filling.blanks(wording))
    everything = {**fields.examples(), "ask": asked}
    assert filling.problems(wording, everything, fields.known()) == ()


@pytest.mark.parametrize("key", BY_HAND)
def test_every_shipped_template_reads_well_on_an_account(desk, account, key):
    row = desk.ask(wordings.template, key, desk.clock.today())
    answers = dict(row.blanks)
    shown = desk.ask(templates.preview, row.channel, row.wording, account, answers)
    assert (shown.problems, shown.stops, shown.missing) == ((), (), ())
    assert shown.pdf.startswith(b"%PDF") if row.channel is Channel.LETTER else shown.text


def test_a_head_that_lacks_something_is_refused(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("key: x\ntitle: X\nchannel: letter\n\nHello", encoding="utf-8")
    with pytest.raises(ValueError, match="approval is missing"):
        shipped.read_template(path)


def test_a_new_wording_waits_for_a_second_person_and_counts_from_its_day(desk, account, second):
    today = desk.clock.today()
    saved = second.do(commands.save_wording, "account_balance", NEW, today + timedelta(days=7), "Shorter")
    assert saved.state is TemplateState.WAITING
    assert desk.ask(wordings.template, "account_balance", today + timedelta(days=7)).shipped
    (request,) = desk.ask(lambda ctx: approval_queries.about(ctx, *_about(ctx, "account_balance")))
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    with pytest.raises(UserError):
        second.do(approvals.approve, [request.request_id])
    manager.do(approvals.approve, [request.request_id])
    assert desk.ask(wordings.template, "account_balance", today).shipped
    later = desk.ask(wordings.template, "account_balance", today + timedelta(days=7))
    assert (later.wording, later.shipped) == (NEW, False)
    assert desk.ask(wordings.template, "account_balance", today).coming_on == today + timedelta(days=7)


def _about(ctx, key):
    return Subject.LETTER_TEMPLATE, wordings.kept_template(ctx, key).id


def test_a_refused_wording_is_never_used(desk, account, second):
    second.do(commands.save_wording, "account_balance", NEW, desk.clock.today(), "Shorter")
    (request,) = desk.ask(lambda ctx: approval_queries.about(ctx, *_about(ctx, "account_balance")))
    Desk.sit_down(desk.database, "manager", desk.clock).do(approvals.refuse, [request.request_id], "Too short")
    assert desk.ask(wordings.template, "account_balance", desk.clock.today()).shipped
    (version,) = desk.ask(templates.editing, "account_balance").versions
    assert (version.state, version.reason) == (TemplateState.REFUSED, "Shorter Refused: Too short")


def test_letters_keep_the_wording_that_they_were_made_from(alone, account):
    first = alone.do(queue.write, NewLetter("account_balance", account))
    alone.do(commands.save_wording, "account_balance", NEW, alone.clock.today(), "Shorter")
    second = alone.do(queue.write, NewLetter("account_balance", account))
    numbers = [version.number for version in alone.ask(templates.editing, "account_balance").versions]
    assert numbers == [2, 1]
    assert first.outgoing_id != second.outgoing_id
    alone.do(commands.restore_shipped, "account_balance", alone.clock.today(), "Back again")
    row = alone.ask(wordings.template, "account_balance", alone.clock.today())
    assert (row.shipped, row.number) == (True, 3)


def test_what_is_wrong_with_a_wording_is_refused_with_its_line(alone):
    def refuse(words, wording, **more):
        with pytest.raises(UserError, match=words) as caught:
            alone.do(
                commands.save_wording,
                "account_balance",
                wording,
                more.get("from_on", alone.clock.today()),
                more.get("reason", "Why"),
            )
        return caught.value.field

    assert refuse("Line 2: There is no field 'a.b'", Wording("x", "Hello\n{{ a.b }}")) == "body"
    assert refuse("The wording is empty", Wording("x", " ")) == "body"
    assert refuse("needs a heading", Wording("", "Hello")) == "subject_line"
    assert refuse("is past", NEW, from_on=date(2026, 11, 20)) == "from_on"
    assert refuse("Say why", NEW, reason=" ") == "reason"
    assert refuse("goes round too often", Wording("x", "{% for i in (1..9999) %}x{% endfor %}")) == "body"
    shipped_one = shipped.shipped()["account_balance"].wording
    assert refuse("Nothing has been changed", shipped_one) == "body"


def test_a_template_of_the_offices_own(alone, account):
    wording = Wording("Your key", "Please collect your key on {{ ask.day }}.")
    saved = alone.do(commands.add_template, "Key to collect", Channel.LETTER, wording, alone.clock.today(), "New")
    assert saved.template == "key_to_collect"
    made = alone.do(queue.write, NewLetter("key_to_collect", account, {"day": "Monday"}))
    assert made.title == "Key to collect"
    with pytest.raises(UserError, match="There is a template 'Key to collect' already"):
        alone.do(commands.add_template, "Key to collect", Channel.LETTER, wording, alone.clock.today(), "New")
    alone.do(commands.set_retired, "key_to_collect", retired=True)
    with pytest.raises(UserError, match="isn't used any more"):
        alone.do(queue.write, NewLetter("key_to_collect", account, {"day": "Monday"}))
    assert "key_to_collect" not in [row.key for row in alone.ask(templates.usable)]


def test_a_preview_shows_blanks_by_name_and_every_problem(desk, account):
    row = desk.ask(wordings.template, "appointment", desk.clock.today())
    shown = desk.ask(templates.preview, Channel.LETTER, row.wording, account, {"time": "10 am"})
    assert shown.missing == ("Date", "Place", "What it is about")
    assert shown.pdf.startswith(b"%PDF")
    wrong = desk.ask(templates.preview, Channel.LETTER, Wording("{{ x }}", "{{ y }}\n{{ z }}"), None, {})
    assert [problem.line for problem in wrong.problems] == [0, 1, 2]
    assert desk.ask(templates.preview, Channel.LETTER, row.wording, None, {}, variant=Variant.TEXT).text


def test_a_changed_shipped_file_is_used_from_the_next_letter_on(desk, account, monkeypatch):
    desk.do(queue.write, NewLetter("account_balance", account))
    old = shipped.shipped()
    newer = {**old, "account_balance": shipped.Shipped("account_balance", "Account balance", Channel.LETTER, NEW)}
    monkeypatch.setattr(wordings, "shipped", lambda: newer)
    later = Desk(desk.database, desk.officer, FixedClock(desk.clock.today() + timedelta(days=1)))
    later.do(queue.write, NewLetter("account_balance", account))
    assert [each.number for each in later.ask(templates.editing, "account_balance").versions] == [2, 1]
