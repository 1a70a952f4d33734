"""What a person agreed or objected to."""

from __future__ import annotations

from app.models.people import Consent
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.people import consents
from app.services.people.dto import PersonSaved, SayConsent
from app.services.people.writing import begin, changed, name_of, refuse


@requires(Permission.KEEP_PEOPLE)
def say_consent(ctx: Context, new: SayConsent) -> PersonSaved:
    """Note what a person agreed or objected to; what they said before stays, and the latest of a kind counts.

    Raises:
        UserError: something can't stand there (all of it at once), or it is a declared or restricted record.
    """
    new = consents.tidied(new)
    person = begin(ctx, new.person_id)
    refuse(list(consents.faults(ctx, new)))
    row = Consent(
        person_id=person.id,
        what=new.what,
        agreed=new.agreed,
        said_on=new.said_on,
        how=new.how,
        note=new.note,
        officer_id=ctx.officer.id,
    )
    ctx.session.add(row)
    ctx.session.flush()
    told = f"{name_of(person)} {'agreed' if new.agreed else 'objected'} to this: {new.what}."
    return PersonSaved(row.id, 1, told, changed(ctx, person.id))
