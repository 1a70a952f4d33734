"""The card of the reception says what one took today, which voids wait, and how much money in the post has no receipt."""

from app.services.home import reception as card
from app.services.home.dto import Opens, Tone
from app.services.reception_payments.receipts import commands, recording
from app.services.reception_payments.receipts.dto.asked import AskVoid
from app.services.reception_payments.receipts.dto.shown import ReceiptFilter, ReceiptView
from tests.services.reception_payments.conftest import (  # noqa: F401  fixtures
    cheque_in_the_post,
    clerk,
    payment,
    reception,
)


def shown(desk):
    return [(line.title, line.words, line.tone) for line in desk.ask(card.lines)]


def test_it_says_what_concerns_whoever_takes_payments(desk, colleague, reception, cheque_in_the_post):  # noqa: F811
    assert shown(colleague) == [("Money in the post", "1", Tone.WARNING)]

    row = colleague.do(recording.record, payment(reception))
    colleague.do(commands.ask_void, AskVoid(row.id, "Twice"))

    assert shown(colleague) == [
        ("I took today", "1 payment", Tone.PLAIN),
        ("Voids that wait for approval", "1", Tone.WARNING),
        ("Money in the post", "1", Tone.WARNING),
    ]
    first = colleague.ask(card.lines)[0]
    assert first.opens == Opens("reception_payments", ReceiptFilter(view=ReceiptView.MINE))
