"""The lines of claims on the home page: £65.00, told on Friday 20 November 2026; nine working days are Thursday 3 December."""

from dataclasses import replace
from datetime import date

from app.models.values import DebitCaseKind, Subject
from app.services.core.clock import FixedClock
from app.services.direct_debits.cases import commands
from app.services.direct_debits.cases.dto import NewCase
from app.services.home import debits as lines
from app.services.home.dto import Tone
from tests.factories import debits


def said(desk, day):
    found = replace(desk, clock=FixedClock(day)).ask(lines.claims)
    return [(each.title, each.words, each.tone) for each in found]


def test_a_claim_is_to_be_challenged_and_then_to_be_posted(desk):
    _, mandate_id, collection_id = desk.do(debits.home)
    new = NewCase("a", DebitCaseKind.INDEMNITY, mandate_id, "A letter", date(2026, 11, 20), (collection_id,))
    case_id = desk.do(commands.open_case, new).case_id

    assert said(desk, date(2026, 11, 21)) == [("Claims to challenge", "1, by 3 Dec 2026", Tone.WARNING)]
    assert said(desk, date(2026, 12, 2)) == [("Claims to challenge", "1, by 3 Dec 2026", Tone.BAD)]
    assert said(desk, date(2026, 12, 9)) == []
    assert said(desk, date(2026, 12, 10)) == [("Claims to post", "1, £65.00", Tone.WARNING)]
    (line,) = desk.ask(lines.claims)
    assert (line.opens.subject, line.opens.subject_id) == (Subject.DIRECT_DEBIT_CASE, case_id)
