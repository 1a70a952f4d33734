"""E-mails as tests need them, made by the standard library or by hand where they are to be broken."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

from pypdf import PdfWriter

SENT = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
CARD = "4111 1111 1111 1111"


def eml(
    number: int = 1,
    text: str = "Good morning, please look at my rent.",
    *,
    subject: str = "My rent",
    sender: str = "Ada Sample <ada@example.org>",
    answers: str = "",
    sent: datetime | None = SENT,
    html: str = "",
    files: tuple[tuple[str, bytes], ...] = (),
) -> bytes:
    made = EmailMessage()
    made["From"] = sender
    made["To"] = "Rents <rents@council.example>"
    made["Subject"] = subject
    made["Message-ID"] = f"<m{number}@example.org>"
    if sent:
        made["Date"] = format_datetime(sent)
    if answers:
        made["In-Reply-To"] = made["References"] = answers
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return made.as_bytes()


def pdf(number: int = 1) -> bytes:
    """A page without anything on it, of a width of its own."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(72 + number, 72)
    writer.write(out)
    return out.getvalue()
