"""What officers must know of a person before they call or visit."""

from __future__ import annotations

from app.models.people import PersonFlag
from app.services.core import versions
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.people import flags
from app.services.people.dto import KeepFlag, PersonSaved
from app.services.people.writing import begin, changed, keep_review, name_of, refuse
from app.services.rent.marks import may_read


@requires(Permission.KEEP_PEOPLE)
def keep_flag(ctx: Context, new: KeepFlag) -> PersonSaved:
    """Set a flag on a person, change or end it; a day to look at it again makes a task.

    Whoever may not read its note may end the flag and have it looked at another day, and change nothing else of it.

    Raises:
        UserError: something can't stand there (all of it at once), or it is a declared or restricted record.
        ChangedMeanwhile: somebody else saved in between.
    """
    new = flags.tidied(new)
    person = begin(ctx, new.person_id)
    row = flags.standing(ctx, new)
    if row is not None:
        versions.refuse_old(row.version, new.version)
    refuse(list(flags.faults(ctx, new, row)))
    if row is None:
        row = PersonFlag(person_id=person.id, kind=new.kind, flag=new.flag, from_on=new.from_on)
        ctx.session.add(row)
    if may_read(ctx, row.seen_by or ""):
        row.kind, row.flag, row.from_on, row.seen_by = new.kind, new.flag, new.from_on, new.seen_by
        if new.note is not None:
            row.note = new.note
    row.to_on, row.review_on = new.to_on, new.review_on
    ctx.session.flush()
    title = f"Look again at a flag on {name_of(person)}: {row.flag}"
    keep_review(ctx, person, f"person_flag {row.id}", title, new.review_on if new.to_on is None else None)
    ended = new.to_on is not None and new.to_on < ctx.clock.today()
    told = f"The flag '{row.flag}' is {'taken off' if ended else 'on'} {name_of(person)}."
    return PersonSaved(row.id, row.version, told, changed(ctx, person.id))
