"""A mandate and its first schedule in one go: what the form begins with, what saving does, and the two kept together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.values import NoticeKind, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.core.landlord import landlord
from app.services.core.permissions import Permission, requires
from app.services.diary.keeping import written
from app.services.direct_debits.mandates import checking, letters, queries
from app.services.direct_debits.mandates import commands as mandates
from app.services.direct_debits.mandates.dto import NewMandate, Saved, SetUpForm
from app.services.direct_debits.mandates.fields import ahead_of
from app.services.direct_debits.mandates.keeping import found
from app.services.direct_debits.mandates.rules import guarantee
from app.services.direct_debits.notices import keeping as notices
from app.services.direct_debits.schedules import keeping as schedules
from app.services.direct_debits.schedules.dto import Part, Terms, Worked
from app.services.documents.commands import attach
from app.services.documents.dto import NewFile

LOOK: Final = "Look at this first"
"""The group of what is ticked before it is kept."""
_SUM: Final = "The instalment"
_FIRST: Final = 3


@dataclass(frozen=True, slots=True, repr=False)
class SetUp:
    """A mandate with when it is collected, and the files of a signed form. It has no readable form."""

    new: NewMandate
    terms: Terms
    files: Sequence[NewFile] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """What the form begins with.

    Attributes:
        form: of the account; None while none is chosen.
        days: of the month on which something is collected.
        guarantee: the Direct Debit Guarantee, a paragraph each, to be read out.
    """

    form: SetUpForm | None
    today: date
    days: tuple[int, ...]
    guarantee: tuple[str, ...] = ()


def start(ctx: Context, account_id: int | None = None) -> Start:
    """What the form begins with, for an account or for one that is still to be chosen.

    Raises:
        UserError: the account is restricted, and not theirs to open.
    """
    form = queries.set_up_form(ctx, account_id) if account_id is not None else None
    today = ctx.clock.today()
    days = ctx.policy.number("direct_debits.notice_days", today)
    words = guarantee(landlord(ctx).name or "the council", days)
    return Start(form, today, schedules.day_options(ctx), tuple(words))


@requires(Permission.KEEP_DIRECT_DEBITS)
def set_up(ctx: Context, asked: SetUp) -> Saved:
    """Set up a mandate and its first schedule, and write the confirmation, which tells of both; the same key gives the first.

    Raises:
        UserErrors, UserError: as `commands.set_up`; the policy hasn't this day; a file of the form can't be kept.
    """
    known = ctx.session.scalar(select(Mandate.id).where(Mandate.entry_key == asked.new.entry_key)) is not None
    schedules.refuse_terms(ctx, asked.terms)
    new = replace(asked.new, confirm=False)
    if asked.files and not known:
        new = replace(new, evidence=(*new.evidence, *_kept(ctx, new.account_id, asked.files)))
    saved = mandates.set_up(ctx, new)
    if known:
        return saved
    row = found(ctx, saved.mandate_id)
    schedules.make(ctx, row, asked.terms, "Set up")
    sent, said = letters.confirm_or_say(ctx, row) if asked.new.confirm else (None, "")
    if sent is not None:
        _note_told(ctx, row, sent)
    return replace(saved, told=f"{saved.told} {said}".strip(), outgoing_id=sent)


def _note_told(ctx: Context, mandate: Mandate, outgoing_id: int) -> None:
    """The confirmation is the advance notice of the collections that it names."""
    told = [each.id for each in ahead_of(ctx, mandate)]
    if told:
        notices.record(ctx, mandate.id, told, NoticeKind.FIRST, outgoing_id=outgoing_id)


def effects(ctx: Context, asked: SetUp) -> tuple[Effect, ...]:
    """What setting it up does: what is missing or to be looked at, the instalment as a sum, the collections, the bank.

    Raises:
        UserError: the account is restricted, and not theirs to open; the policy hasn't this day.
    """
    new = asked.new
    accounts = (new.account_id, *new.beside)
    access.open_accounts(ctx, accounts)
    schedules.refuse_terms(ctx, asked.terms)
    told = [*_looked(ctx, new)]
    worked = schedules.work(ctx, accounts, asked.terms)
    told += _instalment(ctx, worked)
    told += [*_collections(worked)]
    sent = "a conversion (0S)" if new.converts else "a new instruction (0N)"
    told.append(Effect("The bank", f"The next lodgement run sends {sent}."))
    if new.confirm:
        told.append(Effect("Letters", "The confirmation with the Guarantee goes to the payer."))
    return tuple(told)


def _looked(ctx: Context, new: NewMandate) -> Iterator[Effect]:
    """What is to be looked at first, and what is still missing."""
    try:
        _made, warned = checking.checked(ctx, new)
    except UserError as error:
        several = error.errors if isinstance(error, UserErrors) else (error,)
        for each in several:
            yield Effect("Still to do", each.message)
        return
    for words in warned:
        yield Effect(LOOK, words, warns=True)


def _instalment(ctx: Context, worked: Worked) -> list[Effect]:
    """The sum in parts, and the instalment that comes of it."""
    references = _references(ctx, worked)
    told = [
        Effect(
            _SUM,
            " ".join(each for each in (part.label, _of(part, references), str(part.amount)) if each),
            after=part.words,
        )
        for part in worked.parts
    ]
    if not worked.planned:
        told.append(Effect(_SUM, worked.why or "Nothing is to be collected.", warns=True))
        return told
    dates = "1 collection" if worked.count == 1 else f"{worked.count} collections"
    first = f", the first {worked.first}" if worked.first != worked.usual else ""
    told.append(Effect(_SUM, f"Together {worked.total} in {dates}", after=f"{worked.usual} each{first}"))
    told.append(Effect(_SUM, f"Balance at the end of the rent year: {worked.forecast.dr_cr()}"))
    told += [Effect(_SUM, words) for words in worked.left]
    return told


def _collections(worked: Worked) -> Iterator[Effect]:
    """The first of the collections."""
    for each in worked.planned[:_FIRST]:
        yield Effect("Collections", f"{written(each.due_on)}: {each.amount}")
    more = worked.count - _FIRST
    if more > 0:
        yield Effect("Collections", f"and {more} more, to {written(worked.planned[-1].due_on)}")


def _of(part: Part, references: Mapping[int, str]) -> str:
    """The account of a part, where there are several."""
    return references.get(part.account_id, "") if len(references) > 1 else ""


def _references(ctx: Context, worked: Worked) -> dict[int, str]:
    wanted = sorted({part.account_id for part in worked.parts})
    rows = ctx.session.execute(select(Account.id, Account.payment_reference).where(Account.id.in_(wanted)))
    return {row.id: row.payment_reference or "" for row in rows}


def _kept(ctx: Context, account_id: int, files: Sequence[NewFile]) -> tuple[int, ...]:
    """The files of the signed form, kept with the account; the mandate shows them too."""
    done = attach(ctx, Subject.ACCOUNT, account_id, files)
    for each in done.refused:
        raise UserError(each.message, "Leave it out, or attach it in another form.", "evidence")
    return done.link_ids
