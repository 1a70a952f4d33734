"""Where a person lives, lived or has letters sent, kept over time."""

from __future__ import annotations

from app.models.people import PersonAddress
from app.services.core import versions
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.people import addresses, confirming
from app.services.people.dto import KeepAddress, PersonSaved
from app.services.people.writing import begin, changed, keep_review, name_of, refuse
from app.services.rent.search import refresh_search


@requires(Permission.KEEP_PEOPLE)
def keep_address(ctx: Context, new: KeepAddress) -> PersonSaved:
    """Keep an address of a person, or change one; an address for letters is the one that letters go to from then on.

    Raises:
        UserError: something can't stand there (all of it at once), or it is a declared or restricted record.
        ChangedMeanwhile: somebody else saved in between.
    """
    new = addresses.tidied(new)
    person = begin(ctx, new.person_id)
    refuse(list(addresses.faults(ctx, new)))
    row = addresses.standing(ctx, new)
    if row is not None:
        versions.refuse_old(row.version, new.version)
    letters_to = addresses.letters_to(ctx, person, new)
    told = ""
    if letters_to is not None:
        after = confirming.reach_of(person.phone, person.mobile, person.email, letters_to)
        told = confirming.confirm(ctx, person, confirming.plan(ctx, person, after))
        addresses.end_others(ctx, new)
        if person.correspondence_address != letters_to:
            person.correspondence_address = letters_to
    if row is None:
        row = PersonAddress(person_id=person.id)
        ctx.session.add(row)
    row.kind, row.lines, row.postcode = new.kind, "\n".join(new.lines), new.postcode
    row.from_on, row.to_on, row.note = new.from_on, new.to_on, new.note
    ctx.session.flush()
    ends = new.to_on if letters_to and new.to_on is not None else None
    title = f"Letters to {name_of(person)} go elsewhere from now on: see their addresses"
    keep_review(ctx, person, f"person_address {row.id}", title, ends)
    changes = changed(ctx, person.id)
    refresh_search(ctx, changes.account_ids)
    return PersonSaved(row.id, row.version, f"The address is kept. {told}".strip(), changes)
