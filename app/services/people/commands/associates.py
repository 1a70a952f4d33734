"""Relatives, support workers and deputies: who speaks for a person, and who is their next of kin."""

from __future__ import annotations

from app.models.people import Associate
from app.services.core import versions
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.people import associates
from app.services.people.dto import KeepAssociate, PersonSaved
from app.services.people.writing import begin, changed, keep_review, name_of, refuse


@requires(Permission.KEEP_PEOPLE)
def keep_associate(ctx: Context, new: KeepAssociate) -> PersonSaved:
    """Keep somebody who belongs to a person, or change what they may do; a day to look at it again makes a task.

    Raises:
        UserError: something can't stand there (all of it at once), or it is a declared or restricted record.
        ChangedMeanwhile: somebody else saved in between.
    """
    new = associates.tidied(new)
    person = begin(ctx, new.person_id)
    refuse(list(associates.faults(ctx, new)))
    row = associates.standing(ctx, new)
    if row is None:
        row = Associate(person_id=person.id)
        ctx.session.add(row)
    else:
        versions.refuse_old(row.version, new.version)
    for name in associates.COLUMNS:
        value = getattr(new, name)
        if getattr(row, name) != value:
            setattr(row, name, value)
    ctx.session.flush()
    title = f"Look again at who speaks for {name_of(person)}: {new.name} ({new.relation})"
    keep_review(ctx, person, f"associate {row.id}", title, new.review_on if new.to_on is None else None)
    ended = new.to_on is not None and new.to_on < ctx.clock.today()
    told = f"{new.name} {'no longer ' if ended else ''}{associates.MAY[new.authority]} {name_of(person)}."
    return PersonSaved(row.id, row.version, told, changed(ctx, person.id))
