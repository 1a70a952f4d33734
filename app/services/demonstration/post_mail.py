"""E-mails of the demonstration landlord: a conversation, one with a picture from elsewhere, one with a scan, and rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.post_log import PostCategory, PostMessage, PostRule
from app.models.values import AccountKind, RuleField
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.post_log.mail.dto import Original
from app.services.post_log.mail.reading import read
from app.services.post_log.mail.taking import take_in

_RULES = (
    ("direct debit*, mandate", "direct_debit", None),
    ("universal credit, housing benefit, dwp", "benefit", None),
    ("invoice*", "invoice", None),
    ("died, passed away, funeral", "death", 1),
    ("complaint, complain*", "complaint_1", 1),
)
_HTML = (
    '<div style="color:#333"><p>Dear team,</p><p>I want to pay by <b>Direct Debit</b> from next month. What do you need?</p>'
    "<ul><li>My bank is the same as last year</li><li>The 3rd of the month suits me</li></ul>"
    '<p>Kind regards</p><img src="https://pictures.example/logo.png"></div>'
)


@requires(Permission.LOAD_LANDLORD)
def bring_mail(ctx: Context) -> None:
    """Write rules and log a few made-up e-mails; only where none is there."""
    if ctx.session.scalar(select(func.count()).select_from(PostMessage)):
        return
    categories = {each.key: each.id for each in ctx.session.scalars(select(PostCategory))}
    for position, (words, key, priority) in enumerate(_RULES, start=1):
        ctx.session.add(
            PostRule(
                position=position,
                field=RuleField.ANYWHERE,
                words=words,
                category_id=categories[key],
                priority=priority,
            )
        )
    ctx.session.flush()
    originals = [Original("", each) for each in _messages(ctx)]
    take_in(ctx, [(each, read(each)) for each in originals])


def _messages(ctx: Context) -> Iterator[bytes]:
    owing = select(Account.payment_reference).where(Account.kind == AccountKind.RENT, Account.closed_on.is_(None))
    references = list(ctx.session.scalars(owing.order_by(Account.id).limit(3)))
    if len(references) < 3:
        return
    now = datetime.combine(ctx.clock.today(), time(9, 12), ctx.clock.now().tzinfo) - timedelta(days=3)
    first = _message(
        1,
        now,
        "Ada Sampler",
        "Rent account",
        f"Hello,\n\nmy account is {references[0]}. Is last week's payment there?\n\nAda Sampler",
    )
    yield first.as_bytes()
    again = _message(
        2,
        now + timedelta(hours=20),
        "Ada Sampler",
        "Re: Rent account",
        "Hello again, I have found the receipt. It is attached.",
    )
    again["In-Reply-To"] = again["References"] = "<demo-1@post.example>"
    again.add_attachment(_scan(), maintype="application", subtype="pdf", filename="receipt.pdf")
    yield again.as_bytes()
    debit = _message(
        3, now + timedelta(days=1), "Ben Sampler", "Direct Debit", f"I want to pay by Direct Debit. {references[1]}"
    )
    debit.add_alternative(_HTML, subtype="html")
    yield debit.as_bytes()
    benefit = f"We ask for the rent charged since April on account {references[2]}.\n\nUniversal Credit, made-up office"
    yield _message(4, now + timedelta(days=2), "Benefit Office", "Query about rent", benefit).as_bytes()


def _message(number: int, sent: datetime, who: str, subject: str, text: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = f"{who} <{who.lower().replace(' ', '.')}@post.example>"
    made["To"] = "Rents team <rents@council.example>"
    made["Subject"] = subject
    made["Date"] = format_datetime(sent)
    made["Message-ID"] = f"<demo-{number}@post.example>"
    made.set_content(text)
    return made


def _scan() -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(297, 420)
    writer.write(out)
    return out.getvalue()
