"""A signpost by text message: where somebody turns who needs another service."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.models.people import Person
from app.models.reception_payments.visits import Signpost, Visit
from app.models.values import AccountKind, PersonFlagKind, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.letters import gathering
from app.services.letters.dto import NewLetter
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group
from app.services.letters.keeping import make_to
from app.services.letters.rules import Recipient
from app.services.reception_payments.visits import cautions
from app.services.rent.rules import full_name

TEXT: Final = "signpost_text"
_GROUP: Final = "signpost"


def register() -> None:
    """Plug the fields in."""
    fields = (
        ("title", "What it is for", "Debt and money advice"),
        ("words", "Where to turn", "Citizens Advice and MoneyHelper advise for nothing."),
        ("telephone", "Telephone", "0800 144 8848"),
        ("link", "Page", "www.moneyhelper.org.uk"),
    )
    register_group(FieldGroup(_GROUP, "Signpost", fields))


def fields_of(signpost: Signpost) -> dict[str, str]:
    """What the fields stand for."""
    return {
        f"{_GROUP}.title": signpost.title,
        f"{_GROUP}.words": signpost.words,
        f"{_GROUP}.telephone": signpost.telephone,
        f"{_GROUP}.link": signpost.link,
    }


def text(ctx: Context, visit: Visit, signpost: Signpost, mobile: str) -> int:
    """Queue a signpost to a mobile number; the number in the register of letters.

    Nothing goes to the telephone of somebody on whom a safety flag stands, nor of their account: somebody else may read it.

    Raises:
        UserError: that is so, the number can't be texted, or letters to the account are stopped.
    """
    flags = cautions.of_people(ctx, [visit.person_id]).get(visit.person_id, ()) if visit.person_id else ()
    flags += cautions.of_accounts(ctx, [visit.account_id]).get(visit.account_id, ()) if visit.account_id else ()
    if any(each.kind is PersonFlagKind.SAFETY for each in flags):
        raise UserError("Nothing is texted where a safety flag is set.", "Read it out, or print it.", "handed")
    new = NewLetter(
        TEXT,
        visit.account_id or 0,
        recipient=mobile.strip(),
        subject=Subject.VISIT,
        subject_id=visit.id,
        fields=fields_of(signpost),
        idempotency_key=f"signpost:{visit.id}:{signpost.id}",
    )
    return make_to(ctx, new, _recipient(ctx, visit, mobile.strip())).id


def _recipient(ctx: Context, visit: Visit, mobile: str) -> Recipient:
    """Whoever came, by their own name; somebody without an account has none in the register either."""
    if visit.account_id is None:
        name = visit.name or "Visitor"
        return Recipient(0, f"Visit {visit.number}", AccountKind.SUNDRY, name, name, (), "A visit", mobile=mobile)
    found = replace(gathering.recipient(ctx, visit.account_id), mobile=mobile)
    if visit.person_id is not None:
        came = ctx.session.get_one(Person, visit.person_id)
        name = full_name(came.title, came.first_name, came.last_name)
        return replace(found, name=name, greeting=name, person_id=came.id)
    return replace(found, name=visit.name, greeting=visit.name, person_id=None) if visit.name else found
