"""Whatever is pasted where something is looked for, an answer or a sentence comes back at once."""

import pytest

from app.models.values import Subject
from app.services.admin.audit import queries as audit
from app.services.admin.audit.dto import AuditFilter
from app.services.core import finding
from app.services.core.errors import UserError
from app.services.diary import queries as diary
from app.services.diary.dto import Shown, TaskFilter, Whose
from app.services.diary.keeping import add_note
from app.services.letters.dto import OutgoingFilter
from app.services.letters.queries import queue as letters
from app.services.rent import queries as rent
from app.services.rent.listed_dto import AccountFilter
from tests.factories import lettings

LOOKING = {
    "finder": lambda desk, text: desk.ask(finding.find, text),
    "accounts": lambda desk, text: desk.ask(rent.account_ids, AccountFilter(text=text)),
    "account totals": lambda desk, text: desk.ask(rent.account_totals, AccountFilter(text=text)),
    "near references": lambda desk, text: desk.ask(rent.near_references, text),
    "tasks": lambda desk, text: desk.ask(diary.tasks, TaskFilter(Whose.ALL, Shown.OPEN, text=text)),
    "letters": lambda desk, text: desk.ask(letters.totals, OutgoingFilter(text=text)),
    "audit": lambda desk, text: desk.ask(audit.audit_count, AuditFilter(text=text)),
}
PASTED = {
    "one long word": "a" * 200_000,
    "one long number": "4" * 200_000,
    "many words": " ".join(f"w{number}" for number in range(20_000)),
    "percent signs": "%_[" * 60_000,
    "quotes": "'\"\\/" * 50_000,
    "lines": "a\tb\n" * 50_000,
    "nothing that is seen": "\x00\u200b",
}


@pytest.mark.parametrize("where", sorted(LOOKING))
def test_looking_for_what_was_pasted_is_answered(desk, where):
    for text in PASTED.values():
        LOOKING[where](desk, text)


@pytest.mark.parametrize("where", ["accounts", "tasks", "letters"])
def test_half_a_character_is_a_sentence(desk, where):
    with pytest.raises(UserError, match="only half there"):
        LOOKING[where](desk, "Ann \ud83d")


def test_half_a_character_is_not_kept(desk):
    made = desk.do(lettings.letting)
    with pytest.raises(UserError, match="only half there"):
        desk.do(add_note, Subject.ACCOUNT, made.account.id, "Rang \ud83d")
    assert desk.ask(diary.notes, Subject.ACCOUNT, made.account.id) == ()


def test_a_bracket_is_looked_for_as_it_is_typed(desk, query_log):
    desk.ask(diary.tasks, TaskFilter(Whose.ALL, Shown.OPEN, text="[a-z]_%"))
    assert any("ESCAPE" in statement for statement in query_log)
