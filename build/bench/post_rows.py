"""Rows about the post: bringing in e-mails."""

from __future__ import annotations

import email
import email.utils
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import dataset
from measuring import Figure, Row, in_turn, seconds
from pypdf import PdfWriter

from app.services.post_log.mail.dto import TakenState
from app.services.post_log.mail.jobs import import_paths

_MESSAGES = 5_000
_BEGAN = datetime(2026, 9, 1, 8, tzinfo=UTC)


def import_mail(folder: Path) -> Figure:
    """5,000 .eml files into the log of a landlord with 60,000 accounts, beside the standard library that parses them.

    A fifth of them answer another, each tenth has a PDF, a third names a payment reference. The reference reads each file,
    parses it whole, and takes its headings and the content of every part: what a program must do that only wants to know
    what is in them.
    """
    inbox = folder / "inbox"
    inbox.mkdir()
    for number in range(_MESSAGES):
        (inbox / f"{number:05}.eml").write_bytes(_message(number))

    def ours(number: int) -> float:
        place = dataset.copy_of(dataset.landlord(), folder / f"post-{number}.db")
        with dataset.desk_at(place) as desk:

            def work() -> None:
                found = import_paths(desk, [inbox])
                if found.left or found.count(TakenState.KNOWN):
                    raise AssertionError(found.left[:3])

            return seconds(work)

    def reference(_number: int) -> float:
        return seconds(lambda: [_parse(path) for path in sorted(inbox.iterdir())])

    return in_turn(ours, reference)


def _parse(path: Path) -> tuple[object, ...]:
    found = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    heads = [found[name] for name in ("message-id", "in-reply-to", "references", "from", "to", "subject", "date")]
    return (*heads, *(part.get_content() for part in found.walk() if not part.is_multipart()))


def _message(number: int) -> bytes:
    made = EmailMessage()
    made["From"] = f"Sample Person {number % 900} <person{number % 900}@example.org>"
    made["To"] = "Rents team <rents@council.example>"
    made["Subject"] = f"My rent account, question {number} – please help"
    made["Date"] = email.utils.format_datetime(_BEGAN + timedelta(minutes=7 * number))
    made["Message-ID"] = f"<bench-{number}@example.org>"
    made["Received"] = f"from mx.example.org by mail.council.example; {made['Date']}"
    if number % 5 == 4:
        made["In-Reply-To"] = made["References"] = f"<bench-{number - 4}@example.org>"
    about = f"My payment reference is 70{number:07}." if number % 3 == 0 else "I am writing about my rent."
    lines = [
        f"Line {line}: the amount of £{line * 3}.{line:02} was paid on the {line % 28 + 1}th." for line in range(25)
    ]
    made.set_content("\n".join(("Dear team,", about, *lines, "Yours, a sample person")))
    rows = "".join(f"<p style='color:#222'>{line}</p>" for line in lines)
    made.add_alternative(f"<html><body><p>Dear team,</p><p>{about}</p>{rows}</body></html>", subtype="html")
    if number % 10 == 0:
        writer, out = PdfWriter(), BytesIO()
        writer.add_blank_page(100 + number, 300)
        writer.write(out)
        made.add_attachment(out.getvalue(), maintype="application", subtype="pdf", filename="letter.pdf")
    return made.as_bytes()


ROWS = (
    Row("mail", "5,000 .eml files into the log, beside parsing them with the standard library", "s", 3.0, import_mail),
)
