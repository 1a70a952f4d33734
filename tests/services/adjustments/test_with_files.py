"""An adjustment that needs evidence is entered with the file that shows it, in one transaction."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.adjustments import Adjustment
from app.models.limits import OfficerLimit
from app.models.values import AdjustmentState, LimitKind, Money, Subject
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.entering import WithFiles, enter_with
from app.services.adjustments.kinds import reasons
from app.services.core.errors import UserError
from app.services.documents.dto import NewFile
from app.services.documents.queries import listed
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def allowance(desk):
    """An allowance of £25, which is never given without evidence."""
    account = desk.do(lambda ctx: lettings.letting(ctx, "100.00").account.id)
    limit = {"kind": LimitKind.ADJUSTMENT_CREDIT, "line_pence": 9_000, "batch_pence": 9_000}
    desk.do(lambda ctx: ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, **limit)))
    fitting = [each.key for each in desk.ask(reasons).values() if not each.kinds or "allowance" in each.kinds]
    first, last = date(2026, 11, 2), date(2026, 11, 8)
    line = NewLine(account, "allowance", Money(-2_500), first, fitting[0], "Decant", from_on=first, to_on=last)
    return NewAdjustment("key", "Decant allowance", (line,))


def test_without_its_evidence_nothing_is_kept(desk, allowance):
    with pytest.raises(UserError, match="needs evidence"):
        desk.do(enter_with, WithFiles(allowance))
    assert desk.do(lambda ctx: ctx.session.scalar(select(func.count(Adjustment.id)))) == 0


def test_with_a_file_it_is_posted_and_the_file_is_with_it_once(desk, allowance):
    files = (NewFile("memo.txt", b"Agreed at the team meeting"),)
    saved = desk.do(enter_with, WithFiles(allowance, files))
    assert saved.state is AdjustmentState.POSTED
    again = desk.do(enter_with, WithFiles(allowance, files))
    assert (again.adjustment_id, again.journal) == (saved.adjustment_id, saved.journal)
    assert [each.file_name for each in desk.ask(listed, Subject.ADJUSTMENT, saved.adjustment_id)] == ["memo.txt"]
