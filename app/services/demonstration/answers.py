"""Post of the demonstration landlord that starts work or was answered: one of each kind, from made-up senders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, PostChannel
from app.services.core.clock import FixedClock
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.letters import gathering
from app.services.letters.commands import queue
from app.services.letters.dto import Channel, NewLetter
from app.services.letters.keeping import queue_letter
from app.services.letters.rules import Recipient, judge
from app.services.post_log import keeping
from app.services.post_log.answering.commands import answers
from app.services.post_log.answering.dto import AnswerBy, NewAnswer
from app.services.post_log.dto import NewItem

_LOOKED_AT: Final = 60
_NEEDED: Final = 6
_KEY: Final = "demonstration answers"


@requires(Permission.LOAD_LANDLORD)
def answer_post(ctx: Context) -> None:
    """Log what starts each kind of work, two letters of which one is acknowledged and one answered, and what came back; once.

    A landlord of a few homes, too small to have somebody for each, gets none.
    """
    made = select(func.count()).select_from(PostItem).where(PostItem.entry_key == f"{_KEY} notice")
    officer_id = ctx.session.scalar(select(Officer.id).where(Officer.username == "demo.officer"))
    if ctx.session.scalar(made) or officer_id is None:
        return
    officer = replace(ctx, officer=current(ctx.session, officer_id))
    reached = list(_reachable(ctx))
    if len(reached) < _NEEDED:
        return
    notice, death, case, first, second, third = reached[:_NEEDED]
    before = replace(officer, clock=FixedClock(ctx.clock.today() - timedelta(days=4)))
    _log(before, "notice", PostChannel.HAND_DELIVERY, notice, "I want to give up my home")
    kin = f"Ms Robin {death.name.split()[-1]}"
    _log(officer, "death", PostChannel.LETTER, death, "Death of my father", kin, "2 Sample Road\nTestford\nZZ1 2BB")
    adviser = ("Testford Debt Advice", "notices@advice.example")
    _log(officer, "breathing_space", PostChannel.EMAIL, case, "Breathing space notice", *adviser, reference="BS-1001")
    supplier = ("Sample Grounds Ltd", "accounts@grounds.example")
    _log(officer, "invoice", PostChannel.EMAIL, None, "Invoice for grass cutting", *supplier, reference="INV-2044")
    asked = _log(before, "payment", PostChannel.LETTER, first, "What do I owe?")
    answers.acknowledge(before, [asked])
    call = _log(before, "general", PostChannel.TELEPHONE, second, "Which day is my rent due?")
    item = keeping.item(officer, call)
    said = "Rent is due each Monday. They will ring again if the date of their pay doesn't fit."
    answers.answer(officer, NewAnswer(call, AnswerBy.CALL, said, item.version, outcome="Told by telephone"))
    said = "I have a new telephone number. Can you tell me at the same time how my account stands?"
    _log(officer, "change", PostChannel.LETTER, third, "My new telephone number", text=said)
    _bring_back(before, officer, second)


def _bring_back(before: Context, ctx: Context, to: Recipient) -> None:
    """A letter that went out, and its envelope that the post brought back, still to be matched to it."""
    letter = queue_letter(before, NewLetter("account_balance", to.account_id))
    queue.mark_printed(before, [letter])
    envelope = (to.name, "\n".join(to.address))
    _log(ctx, "returned", PostChannel.RETURNED, None, "Envelope marked 'not known here'", *envelope)


def _log(
    ctx: Context,
    category: str,
    channel: PostChannel,
    about: Recipient | None,
    subject: str,
    sender: str = "",
    address: str = "",
    reference: str = "",
    text: str = "",
) -> int:
    """Log one thing; from the tenant, where no other sender is named."""
    own = about.name if about is not None else ""
    new = NewItem(
        channel,
        subject,
        sender or own,
        address,
        category_id=keeping.category(ctx, category).id,
        account_id=about.account_id if about is not None else None,
        reference=reference,
        text=text,
        entry_key=f"{_KEY} {category}",
    )
    return keeping.log(ctx, new)


def _reachable(ctx: Context) -> Iterator[Recipient]:
    """Tenants of current rent accounts whom a letter reaches, from the end: the first have letters of their own."""
    ids = ctx.session.scalars(
        select(Account.id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT, Tenancy.end_on.is_(None))
        .order_by(Account.id.desc())
        .limit(_LOOKED_AT)
    ).all()
    return (each for each in gathering.recipients(ctx, ids) if not judge(each, Channel.LETTER).stops)
