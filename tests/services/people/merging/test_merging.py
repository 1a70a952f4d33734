"""Two records of one person made one: every row that names them moves, and comes back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.benefits import BenefitClaim
from app.models.diary import Note, Task
from app.models.life_events import LifeEventCase
from app.models.people import Associate, Consent, Person, PersonAddress, PersonFlag, Tenant
from app.models.values import (
    AddressKind,
    Authority,
    BenefitKind,
    ClaimState,
    FormatNeed,
    PersonFlagKind,
    Subject,
)
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.finding import matching_ids
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_note, add_task
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.letters import keeping as letters
from app.services.letters.dto import NewLetter
from app.services.people.merging import moving
from app.services.people.merging.commands import merge_people, undo_merge
from app.services.people.merging.dto import MergePeople, UndoMerge
from app.services.people.merging.queries import candidates, merges, preview, preview_undo
from app.services.people.merging.rules import EMPTY, filled, left_out
from app.services.rent.header import account_header
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.people.conftest import person, restrict

BORN = date(1980, 2, 3)


@prepared
def double(desk, home):
    """A second record of Maria's, of the garage that she rents, with a row of every kind; her number."""
    maria, _ = home

    def make(ctx):
        other = lettings.person(
            ctx, "Mara", "Testerton", ref="D00001", date_of_birth=BORN, email="mara@example.org", language="Polish"
        )
        let = lettings.garage_letting(ctx, people=[other])
        refresh_search(ctx)
        add_note(ctx, Subject.PERSON, other.id, "Prefers mornings")
        add_task(ctx, NewTask("Call her", date(2026, 12, 1), subject=Subject.PERSON, subject_id=other.id))
        sha = documents.put(ctx, b"%PDF-1.4 made up", "application/pdf")
        documents.link(ctx, sha, NewLink(Subject.PERSON, other.id, "letter", "Proof", "proof.pdf"))
        ctx.session.add_all(_rows(ctx, other.id, maria, let.tenancy.id))
        ctx.session.flush()
        letters.queue_letter(
            ctx,
            NewLetter(
                "email_general",
                let.account.id,
                {"subject": "Yours", "text": "Ours"},
                subject=Subject.PERSON,
                subject_id=other.id,
            ),
        )
        return other.id

    return desk.do(make)


def _rows(ctx, other, maria, tenancy_id):
    today = ctx.clock.today()
    officer = ctx.officer.id
    return [
        BenefitClaim(
            person_id=other,
            tenancy_id=tenancy_id,
            kind=BenefitKind.HOUSING_BENEFIT,
            state=ClaimState.LIVE,
            claimed_on=today,
        ),
        PersonAddress(person_id=other, kind=AddressKind.PREVIOUS, lines="7 Other Road"),
        Associate(person_id=other, name="Ms B", relation="aunt", authority=Authority.SPEAK, from_on=today),
        Associate(
            person_id=maria, other_id=other, name="Mara", relation="self", authority=Authority.NONE, from_on=today
        ),
        PersonFlag(person_id=other, kind=PersonFlagKind.CAUTION, flag="Dog", from_on=today),
        Consent(person_id=other, what="Surveys", agreed=True, said_on=today, how="x", officer_id=officer),
        LifeEventCase(
            person_id=other, kind="move", happened_on=today, told_on=today, made_at=ctx.clock.now(), made_by=officer
        ),
    ]


def every_place(desk):
    """Who is named by every row of every table: the whole of what a merge may move."""

    def read(ctx):
        found = {}
        for place in moving.places():
            keys = [*place.table.primary_key, place.column]
            statement = select(*keys) if not place.about else select(*keys).where(place.table.c.subject == "person")
            found[place.table.name, place.attribute] = sorted(tuple(row) for row in ctx.session.execute(statement))
        return found

    return desk.ask(read)


def merge(desk, kept, merged):
    return desk.do(merge_people, MergePeople(kept, merged, "Same date of birth, spoken to"))


def test_every_row_that_names_the_other_names_her_now_and_all_of_it_comes_back(desk, home, double):
    maria, account = home
    before = every_place(desk)
    done = merge(desk, maria, double)
    after = every_place(desk)
    naming = [name for name, rows in after.items() if any(row[-1] == double for row in rows)]
    assert naming == []
    assert done.moved >= 12
    (row,) = desk.ask(merges, account)
    undone = desk.do(undo_merge, UndoMerge(row.merge_id, row.version))
    assert undone.moved == done.moved
    assert every_place(desk) == before


def test_her_accounts_are_linked_and_the_other_record_is_found_no_more(desk, home, double):
    maria, account = home
    merge(desk, maria, double)
    header = desk.ask(account_header, account)
    assert [each.kind for each in header.linked] == ["garage"]
    assert desk.ask(lambda ctx: matching_ids(ctx, Subject.PERSON, "D00001", 5)) == []
    desk.do(refresh_search)
    assert desk.ask(lambda ctx: matching_ids(ctx, Subject.PERSON, "D00001", 5)) == []
    (row,) = desk.ask(merges, account)
    desk.do(undo_merge, UndoMerge(row.merge_id, row.version))
    assert desk.ask(lambda ctx: matching_ids(ctx, Subject.PERSON, "D00001", 5)) == [double]


def test_what_was_empty_is_filled_and_emptied_again_unless_it_changed_since(desk, home, double):
    maria, account = home
    merge(desk, maria, double)
    kept = person(desk, maria)
    assert (kept.date_of_birth, kept.language, kept.email) == (BORN, "Polish", "old@example.org")
    desk.do(lambda ctx: setattr(ctx.session.get_one(Person, maria), "language", "Welsh"))
    (row,) = desk.ask(merges, account)
    desk.do(undo_merge, UndoMerge(row.merge_id, row.version))
    kept = person(desk, maria)
    assert (kept.date_of_birth, kept.language) == (None, "Welsh")
    assert person(desk, double).merged_into_id is None


def test_what_came_since_stays_with_the_kept_one(desk, home, double):
    maria, account = home
    merge(desk, maria, double)
    desk.do(add_note, Subject.PERSON, maria, "Written since")
    (row,) = desk.ask(merges, account)
    desk.do(undo_merge, UndoMerge(row.merge_id, row.version))
    notes = desk.ask(lambda ctx: {note.text: note.subject_id for note in ctx.session.scalars(select(Note))})
    assert notes == {"Prefers mornings": double, "Written since": maria}


def test_two_places_in_one_tenancy_become_one_and_two_again(desk, home, double):
    maria, account = home

    def join(ctx):
        tenancy_id = ctx.session.scalars(select(Tenant.tenancy_id).where(Tenant.person_id == maria)).one()
        ctx.session.add(Tenant(tenancy_id=tenancy_id, person_id=double, position=2, from_on=date(2025, 5, 5)))

    desk.do(join)
    before = every_place(desk)
    warned = [effect.text for effect in desk.ask(preview, MergePeople(maria, double, "")) if effect.warns]
    assert warned == ["Both are named in one tenancy: it is then held by one person less"]
    merge(desk, maria, double)
    assert [each.person_id for each in desk.ask(account_header, account).people] == [maria]
    (row,) = desk.ask(merges, account)
    desk.do(undo_merge, UndoMerge(row.merge_id, row.version))
    assert every_place(desk) == before
    second = desk.ask(lambda ctx: ctx.session.scalars(select(Tenant).where(Tenant.position == 2)).one())
    assert (second.person_id, second.from_on) == (double, date(2025, 5, 5))


def test_what_it_will_do_is_told_before(desk, home, double):
    maria, _ = home
    shown = desk.ask(preview, MergePeople(maria, double, ""))
    texts = [(effect.group, effect.text) for effect in shown]
    assert ("What moves", "1 place in tenancies") not in texts
    assert ("What moves", "1 place in a tenancy") in texts
    assert ("What moves", "2 relatives and supporters") in texts
    assert ("Left out", "E-mail: mara@example.org") in texts
    assert ("Filled in", "Date of birth") in texts


def test_what_undoing_does_is_told_before(desk, home, double):
    maria, account = home
    merge(desk, maria, double)
    (row,) = desk.ask(merges, account)
    shown = desk.ask(preview_undo, UndoMerge(row.merge_id, row.version))
    texts = [(effect.group, effect.text) for effect in shown]
    assert ("What moves back", "1 note") in texts
    assert ("Emptied again", "Language") in texts


def test_dates_of_birth_that_differ_are_to_be_looked_at(desk, maria, double):
    desk.do(lambda ctx: setattr(ctx.session.get_one(Person, maria), "date_of_birth", BORN + timedelta(days=1)))
    warned = [effect.text for effect in desk.ask(preview, MergePeople(maria, double, "")) if effect.warns]
    assert warned == ["Their dates of birth differ: look again whether they are one person"]


def test_the_likeliest_are_offered(desk, maria, double):
    desk.do(lambda ctx: setattr(ctx.session.get_one(Person, maria), "date_of_birth", BORN))
    (candidate,) = desk.ask(candidates, maria)
    assert (candidate.person_id, candidate.reference) == (double, "D00001")


@pytest.mark.parametrize(("which", "reason", "says"), [(0, "Same", "the same record"), (1, " ", "Why they are one")])
def test_nonsense_is_refused(desk, maria, double, which, reason, says):
    with pytest.raises(UserError, match=says):
        desk.do(merge_people, MergePeople(maria, (maria, double)[which], reason))


def test_a_merged_record_is_not_merged_again_and_merges_are_undone_from_the_last(desk, home, double):
    maria, account = home
    third = desk.do(lambda ctx: lettings.letting(ctx, who=("Maria", "Testerton")).person.id)
    merge(desk, maria, double)
    with pytest.raises(UserError, match="was merged into another"):
        merge(desk, third, double)
    (row,) = desk.ask(merges, account)
    last = merge(desk, third, maria)
    assert person(desk, double).merged_into_id == third
    with pytest.raises(UserError, match="was merged into another"):
        desk.do(undo_merge, UndoMerge(row.merge_id, row.version))
    desk.do(undo_merge, UndoMerge(last.merge_id, 1))
    assert person(desk, double).merged_into_id == maria
    desk.do(undo_merge, UndoMerge(row.merge_id, row.version))
    with pytest.raises(UserError, match="undone already"):
        desk.do(undo_merge, UndoMerge(row.merge_id, row.version))


def test_an_older_version_of_a_merge_is_not_undone(desk, maria, double):
    done = merge(desk, maria, double)
    with pytest.raises(ChangedMeanwhile):
        desk.do(undo_merge, UndoMerge(done.merge_id, 7))


def test_a_restricted_record_is_not_merged_by_whoever_may_not_open_it(desk, colleague, maria, double):
    desk.do(restrict, double, colleague.officer.id)
    with pytest.raises(UserError, match="restricted record"):
        merge(desk, maria, double)
    merge(colleague, maria, double)
    with pytest.raises(UserError, match="restricted record"):
        desk.do(add_note, Subject.PERSON, maria, "The restriction came with it")


def test_a_task_about_her_stays_a_task(desk, maria, double):
    merge(desk, maria, double)
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert (task.subject, task.subject_id, task.state) == (Subject.PERSON, maria, "open")


_records = st.fixed_dictionaries(
    {
        name: st.sampled_from([empty, FormatNeed.LARGE_PRINT] if isinstance(empty, FormatNeed) else [empty, "a", "b"])
        for name, empty in EMPTY.items()
    }
)


@given(_records, _records)
def test_a_field_is_filled_left_out_or_the_same(kept, merged):
    taken, left = set(filled(kept, merged)), set(left_out(kept, merged))
    assert not taken & left
    for name, empty in EMPTY.items():
        after = merged[name] if name in taken else kept[name]
        assert after == kept[name] or kept[name] == empty
        assert (after != empty) == (kept[name] != empty or merged[name] != empty)
        assert name in taken | left or kept[name] == merged[name] or merged[name] == empty
