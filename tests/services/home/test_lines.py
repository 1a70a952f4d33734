"""The card of letters says what is to go out and what could not, to whoever sends them."""

from dataclasses import replace

from app.models.letters import Outgoing
from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.home import lines
from app.services.home.dto import Opens, Tone
from app.services.letters.dto import Channel, OutgoingFilter, OutgoingState
from app.services.workbench.drafts import store
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed, sheet_form
from tests.prepared import prepared


@prepared
def queue(desk):
    """Two letters to print, an e-mail to send, a text that failed, a letter that went."""

    def fill(ctx):
        for at, (channel, state) in enumerate(
            (
                ("letter", "queued"),
                ("letter", "queued"),
                ("email", "queued"),
                ("text", "failed"),
                ("letter", "printed"),
            )
        ):
            ctx.session.add(
                Outgoing(
                    title=f"Letter {at}",
                    subject=Subject.LANDLORD.value,
                    subject_id=1,
                    channel=channel,
                    format="standard",
                    letter_date=ctx.clock.today(),
                    subject_line="",
                    body="",
                    state=state,
                    asked_by=ctx.officer.id,
                    asked_at=ctx.clock.now(),
                )
            )
        ctx.session.flush()

    desk.do(fill)


def test_the_card_counts_what_goes_out(desk, queue):
    found = desk.ask(lines.letters)
    assert [(line.title, line.words, line.tone) for line in found] == [
        ("To print", "2", Tone.PLAIN),
        ("To send by e-mail or text", "1", Tone.PLAIN),
        ("Not sent: print them or try again", "1", Tone.BAD),
    ]
    assert found[0].opens == Opens(
        "letters", OutgoingFilter(states=frozenset({OutgoingState.QUEUED}), channels=frozenset({Channel.LETTER}))
    )


def test_there_is_no_card_without_letters_nor_for_whoever_sends_none(desk, queue):
    officer = replace(desk.officer, permissions=desk.officer.permissions - {Permission.SEND_LETTERS})
    assert lines.letters(desk.ask(lambda ctx: replace(ctx, officer=officer))) == ()


def test_a_draft_opens_its_record_its_page_or_the_templates(desk):
    for key in (
        DraftKey("contacts", Subject.PERSON, 7),
        DraftKey(sheet_form("admin", "RoleSheet"), Subject.LANDLORD),
        DraftKey("wording:welcome", Subject.LETTER_TEMPLATE),
        DraftKey("task", Subject.TASK),
    ):
        desk.do(store.keep, Draft(key, key.form, desk.clock.now(), Typed({"a": "b"}, {})))
    assert {line.title: line.opens for line in desk.ask(lines.drafts)} == {
        "contacts": Opens(subject=Subject.PERSON, subject_id=7),
        "sheet:admin:RoleSheet": Opens("admin"),
        "wording:welcome": Opens("admin", "templates"),
        "task": None,
    }
