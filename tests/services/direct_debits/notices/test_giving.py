"""Who needs notice, and the letters and e-mails that give it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.direct_debits.schedules import Collection
from app.models.values import (
    CollectionKind,
    FormatNeed,
    LeftOut,
    Money,
    NoticeKind,
    PreferredContact,
)
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.direct_debits.notices import commands, jobs, queries
from app.services.direct_debits.notices.dto import GiveNotice, NoticeWay, ToldByPhone
from tests.factories import lettings
from tests.services.direct_debits.notices.conftest import collection, letters, mandate, printed, schedule, told, unfit

ALL = GiveNotice()
TODAY = date(2026, 11, 21)


def test_a_new_schedule_is_told_in_one_letter_and_may_go_once_it_is_printed(desk, payer):
    (need,) = desk.ask(queries.needed)
    # The 4th of January less ten working days is 16 December; by post 14 December (see test_rules).
    assert (need.kind, need.count, need.total) == (NoticeKind.FIRST, 3, Money(1325_06))
    assert (need.email_by, need.post_by) == (date(2026, 12, 16), date(2026, 12, 14))
    assert set(unfit(desk)) == {LeftOut.NO_NOTICE}

    given = desk.do(commands.give, ALL)
    assert (given.letters, given.emails, given.collections, given.total) == (1, 0, 3, Money(1325_06))
    assert given.told == "Notice is given: 1 letter."
    (letter,) = letters(desk)
    assert "4 January 2027 | £441.74\n1 February 2027 | £441.66" in letter.body
    assert "Total | **£1,325.06**" in letter.body
    assert "every month" in letter.body
    assert "10 working days" in letter.body
    assert payer.reference in letter.body
    # Handed over on Saturday 21 November, it arrives two working days later: Tuesday the 24th.
    assert told(desk)[0] == (date(2027, 1, 4), 441_74, date(2026, 11, 24))

    assert desk.ask(queries.needed) == ()
    assert set(unfit(desk)) == {LeftOut.NO_NOTICE}, "it hasn't gone yet"
    printed(desk)
    assert unfit(desk) == []
    (row,) = desk.ask(queries.of_mandate, payer.id)
    assert (row.way, row.count, row.state, row.standing) == (NoticeWay.POST, 3, "Printed", True)


def test_a_letter_that_is_printed_late_counts_from_then(desk, payer):
    desk.do(commands.give, ALL)
    # Printed on Tuesday 15 December it arrives on the 17th, a day too late for 4 January, in time for February and March.
    printed(replace(desk, clock=FixedClock(date(2026, 12, 15))))
    assert unfit(desk) == [LeftOut.NOTICE_TOO_SHORT]


def test_asked_again_nobody_is_told_twice(desk, payer):
    assert jobs.give_all(desk, ALL).letters == 1
    again = jobs.give_all(desk, ALL)
    assert (again.letters, again.told) == (0, "Nobody needs notice.")
    assert len(letters(desk)) == 1


def test_a_changed_amount_is_a_change_and_the_next_year_says_so(desk, payer):
    desk.do(commands.give, ALL)
    printed(desk)

    def change(ctx):
        rows = ctx.session.scalars(select(Collection).order_by(Collection.id)).all()
        rows[2].pence = 450_00

    desk.do(change)
    assert unfit(desk) == [LeftOut.CHANGED_SINCE_NOTICE]
    (need,) = desk.ask(queries.needed)
    assert (need.kind, need.count, need.changed) == (NoticeKind.CHANGE, 1, 1)
    desk.do(commands.give, ALL)
    assert "Until now it was £441.66. From 1 March 2027" in letters(desk)[-1].body

    desk.do(schedule, payer, (date(2027, 5, 4),), 450_00, ends_on=date(2028, 4, 2), number=2)
    (need,) = desk.ask(queries.needed)
    assert need.kind is NoticeKind.YEAR
    desk.do(commands.give, ALL)
    assert "This is your Direct Debit for the rent year 2027-28." in letters(desk)[-1].body


def test_what_is_collected_again_has_a_letter_and_days_of_its_own(desk, payer):
    desk.do(commands.give, ALL)
    desk.do(lambda ctx: collection(ctx, payer, date(2026, 12, 2), 441_74, CollectionKind.AGAIN))
    (need,) = desk.ask(queries.needed)
    # Five working days before Wednesday 2 December: Wednesday 25 November; a letter two days before that.
    assert (need.kind, need.email_by, need.post_by) == (NoticeKind.AGAIN, date(2026, 11, 25), date(2026, 11, 23))
    desk.do(commands.give, ALL)
    assert letters(desk)[-1].subject_line == "We will ask your bank for £441.74 again"
    assert "2 December 2026 | £441.74" in letters(desk)[-1].body


def test_of_two_that_are_collected_again_each_stands_in_the_letter(desk, payer):
    desk.do(commands.give, ALL)
    desk.do(lambda ctx: collection(ctx, payer, date(2026, 12, 2), 441_74, CollectionKind.AGAIN))
    desk.do(lambda ctx: collection(ctx, payer, date(2026, 12, 16), 10_00, CollectionKind.AGAIN))
    desk.do(commands.give, ALL)
    letter = letters(desk)[-1]
    assert letter.subject_line == "We will ask your bank for £451.74 again"
    assert "2 December 2026 | £441.74" in letter.body
    assert "16 December 2026 | £10.00" in letter.body


def test_what_it_is_too_late_for_is_left_out_and_said(desk, payer):
    late = replace(desk, clock=FixedClock(date(2026, 12, 16)))
    # By post from 16 December the notice arrives on the 18th; the tenth working day after that is Wednesday 6 January:
    # 21, 22, 23, 24, 29, 30, 31 December, 4, 5, 6 January.
    found = late.ask(queries.rehearse, ALL)
    assert [(each.due_on, each.could_go_on) for each in found.late] == [(date(2027, 1, 4), date(2027, 1, 6))]
    assert (found.letters, found.collections, found.total) == (1, 2, Money(883_32))
    given = late.do(commands.give, ALL)
    assert (given.collections, given.late) == (2, 1)
    assert told(late)[0] == (None, None, None)
    # On the telephone the same day is in time: the 16th is the last day.
    late.do(commands.tell_by_phone, ToldByPhone(payer.id, "Rang Alex: £441.74 on 4 January."))
    assert told(late)[0] == (date(2027, 1, 4), 441_74, date(2026, 12, 16))
    (row, _) = late.ask(queries.of_mandate, payer.id)
    assert (row.way, row.words, row.days) == (NoticeWay.TELEPHONE, "Rang Alex: £441.74 on 4 January.", 10)


def test_fewer_days_need_the_payers_word(desk, payer):
    late = replace(desk, clock=FixedClock(date(2026, 12, 17)))
    with pytest.raises(UserError, match=r"too soon for 10 working days .* first day for it is 5 Jan 2027"):
        late.do(commands.tell_by_phone, ToldByPhone(payer.id, "Rang Alex."))
    with pytest.raises(UserError, match="Say whom you spoke to"):
        late.do(commands.tell_by_phone, ToldByPhone(payer.id, " "))
    late.do(commands.tell_by_phone, ToldByPhone(payer.id, "Alex asked for it to go on the 4th.", agreed=True))
    assert unfit(late) == []


def test_who_asked_for_e_mails_gets_one_and_who_needs_large_print_a_letter(desk, payer):
    def people(ctx):
        one = lettings.letting(ctx, who=("Robin", "Mail"))
        one.person.email, one.person.preferred_contact = "robin@example.com", PreferredContact.EMAIL
        schedule(ctx, mandate(ctx, one.account, one.person))
        other = lettings.letting(ctx, who=("Kit", "Large"))
        other.person.email, other.person.preferred_contact = "kit@example.com", PreferredContact.EMAIL
        other.person.format_need = FormatNeed.LARGE_PRINT
        schedule(ctx, mandate(ctx, other.account, other.person))

    desk.do(people)
    given = desk.do(commands.give, ALL)
    assert (given.letters, given.emails) == (2, 1)
    assert given.told == "Notice is given: 2 letters and 1 e-mail."
    by_name = {row.addressee: row for row in letters(desk)}
    assert (by_name["Mx Robin Mail"].channel, by_name["Mx Robin Mail"].address) == ("email", "robin@example.com")
    assert by_name["Mx Kit Large"].format == "large_print"
    # Both printed ones are pages of one file.
    printed_ones = [row for row in by_name.values() if row.channel == "letter"]
    assert len({row.document_sha256 for row in printed_ones}) == 1
    assert min(row.first_page for row in printed_ones) == 1


def test_a_payer_who_is_no_tenant_is_written_to_where_they_live(desk, office):
    def make(ctx):
        let = lettings.letting(ctx)
        address = "9 Sample Road\nTestford\nZZ9 9AA"
        schedule(ctx, mandate(ctx, let.account, payer_name="Jo Other", payer_address=address))

    desk.do(make)
    desk.do(commands.give, ALL)
    (letter,) = letters(desk)
    assert (letter.addressee, letter.address) == ("Jo Other", "9 Sample Road\nTestford\nZZ9 9AA")


def test_of_more_than_a_dozen_days_those_of_a_month_stand_together(desk, office):
    """Fourteen Mondays; 29 March is Easter Monday, so that one moves to the Tuesday."""
    mondays = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(14)]
    days = tuple(date(2027, 3, 30) if on == date(2027, 3, 29) else on for on in mondays)

    def make(ctx):
        let = lettings.letting(ctx)
        schedule(ctx, mandate(ctx, let.account, let.person), days, 95_96, 95_90)

    desk.do(make)
    desk.do(commands.give, ALL)
    told_in = [line for line in letters(desk)[0].body.splitlines() if line.startswith(("4 ", "11", "1,", "5 "))]
    assert told_in == [
        "4 January 2027 | £95.96",
        "11, 18 and 25 January 2027 | £95.90 each",
        "1, 8, 15 and 22 February 2027 | £95.90 each",
        "1, 8, 15, 22 and 30 March 2027 | £95.90 each",
        "5 April 2027 | £95.90",
    ]


def test_what_it_is_too_late_for_is_moved_if_that_is_asked_for_past_days_that_are_taken(desk, payer):
    # By post from 16 December the first day is 6 January (see above), which another collection of theirs has: the 7th.
    desk.do(lambda ctx: collection(ctx, payer, date(2027, 1, 6), 10_00, CollectionKind.ADDED))
    late = replace(desk, clock=FixedClock(date(2026, 12, 16)))
    given = late.do(commands.give, GiveNotice(move_late=True))
    assert (given.letters, given.collections, given.late) == (1, 4, 0)
    body = letters(late)[0].body
    assert "6 January 2027 | £10.00\n7 January 2027 | £441.74\n1 February 2027 | £441.66" in body
