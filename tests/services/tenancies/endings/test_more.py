"""What goes with an ending: holds, arrangements, people, sub-accounts, the register, the preview; figures by hand."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.benefits import BenefitClaim
from app.models.diary import Task
from app.models.documents import DocumentLink
from app.models.endings import Ending, VoidPeriod
from app.models.holds import Hold
from app.models.letters import Outgoing
from app.models.people import Person
from app.models.tenancies import Tenancy
from app.models.values import (
    AccountKind,
    ArrangementState,
    BenefitKind,
    ClaimState,
    EndReason,
    Frequency,
    HoldKind,
    Money,
)
from app.services.core.errors import UserError
from app.services.holds.dto import PlaceHold
from app.services.holds.keeping import place
from app.services.ledger import checks
from app.services.ledger.queries import ledger_page
from app.services.rent.header import account_header
from app.services.rent.queries import account_rows
from app.services.tenancies.endings import commands, keeping, listing, queries
from app.services.tenancies.endings.dto import Carry, EndingFilter, EndingShown, Finish, NoteEnding, TakeBack
from app.services.tenancies.endings.keeping import EndHere
from tests.factories import lettings
from tests.services.tenancies.endings.conftest import balance, post
from tests.services.tenancies.endings.test_ending import LATE, NOTICE, noted, scalars

ADDRESS = "1 New Street\nTestford\nZZ1 1ZZ"


def effects(desk, wanted):
    return [(each.group, each.text, each.before, each.after) for each in desk.ask(queries.preview, wanted)]


def test_what_saving_does_is_what_was_said(desk, home):
    wanted = noted(home, keys_on=LATE, finish=Finish())
    said = effects(desk, wanted)
    assert ("Tenancy", "T00001: Tenant's notice, last day", "", "Sunday 15 Nov 2026") in said
    assert ("Charges", "1 week beyond the end credited", "", "£104.50 CR") in said
    assert ("Charges", "Void loss of those weeks", "", "£104.50 DR") in said
    assert ("Money", "The former tenant's account is opened with", "", "£73.50 DR") in said
    assert any(text.endswith("goes on and bears VAT from the week of 16 Nov 2026") for _, text, _, _ in said)
    assert ("Tasks", "Cancel the Direct Debit mandate of 70000001", "", "") in said or any(
        text.startswith("Cancel the Direct Debit mandate") for _, text, _, _ in said
    )
    assert scalars(desk, select(Ending)) == []  # nothing was done by saying so
    assert desk.do(commands.save, wanted).balance == Money(73_50)


def test_what_taking_back_does_is_said_before(desk, home):
    done = desk.do(commands.save, noted(home, keys_on=LATE, finish=Finish()))
    said = desk.ask(queries.preview_back, TakeBack(done.ending_id, done.version, ""))
    assert [(each.text, each.before, each.after) for each in said if each.group == "Money"] == [
        (said_of(desk, done), "£73.50 DR", "£0.00"),
        # 73.50 and the week of 16 November
        ("Balance of the rent account", "£0.00", "£178.00 DR"),
    ]
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.take_back, TakeBack(done.ending_id, done.version, " "))


def said_of(desk, done):
    former = desk.database.read(lambda session: session.get(Account, done.former_account_id))
    return f"{former.payment_reference} gives its balance back and is closed"


def test_the_statement_ends_with_what_is_carried_and_the_letter_goes_to_the_new_address(desk, home):
    done = desk.do(commands.save, noted(home, keys_on=LATE, forwarding_address=ADDRESS, finish=Finish()))
    (letter,) = scalars(desk, select(Outgoing).where(Outgoing.account_id == done.former_account_id))
    assert letter.address.splitlines() == ["1 New Street", "Testford", "ZZ1 1ZZ"]
    assert "£73.50 is still owed" in letter.body or letter.document_sha256
    titles = scalars(desk, select(DocumentLink.title).where(DocumentLink.subject_id == home[0].account.id))
    assert "Closing statement 3 Aug 2026 to 16 Nov 2026" in titles
    page = desk.ask(ledger_page, home[0].account.id)
    assert [(line.code, line.amount.pence, line.balance.pence) for line in page.lines][-1] == ("RIT", -73_50, 0)
    assert page.lines[-1].effective_on > date(2026, 11, 16)
    (person,) = scalars(desk, select(Person).where(Person.id == home[0].person.id))
    assert person.correspondence_address == ADDRESS
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "They stay"))
    (person,) = scalars(desk, select(Person).where(Person.id == home[0].person.id))
    assert person.correspondence_address == ""
    lines = scalars(desk, select(Outgoing).order_by(Outgoing.id))
    assert [(each.title, each.state) for each in lines] == [
        ("Closing statement of an ended tenancy", "cancelled"),
        ("Closing statement 3 Aug 2026 to 16 Nov 2026", "cancelled"),
    ]
    assert len({each.address for each in lines}) == 1


def test_a_letter_that_cant_be_written_is_a_task(desk, home):
    desk.do(place, PlaceHold(home[0].account.id, HoldKind.DISPUTE, "The count of weeks"))
    desk.do(lambda ctx: setattr(ctx.session.get(Person, home[0].person.id), "do_not_contact", True))
    desk.do(commands.save, noted(home, keys_on=LATE, finish=Finish()))
    assert "closing_statement" in scalars(desk, select(Task.kind).where(Task.state == "open"))
    rows = desk.ask(listing.listed, EndingFilter(EndingShown.STATEMENT_DUE))
    # fifteen working days after Sunday 15 November
    assert [row.statement_due for row in rows] == [date(2026, 12, 4)]


def test_holds_and_arrangements_follow_the_balance_and_come_back(desk, home):
    account = home[0].account.id
    desk.do(place, PlaceHold(account, HoldKind.DISPUTE, "The count of weeks"))

    def arrange(ctx):
        agreed = {"amount_pence": 5_00, "frequency": Frequency.WEEKLY, "starts_on": date(2026, 11, 2)}
        ctx.session.add(Arrangement(account_id=account, **agreed))

    desk.do(arrange)
    kept = Finish(arrangements=Carry.KEEP)
    done = desk.do(commands.save, noted(home, keys_on=LATE, finish=kept))
    assert scalars(desk, select(Arrangement.account_id)) == [done.former_account_id]
    assert scalars(desk, select(Hold.account_id).order_by(Hold.id)) == [account, done.former_account_id]
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "They stay"))
    assert scalars(desk, select(Arrangement.account_id)) == [account]
    done = desk.do(commands.save, noted(home, keys_on=LATE, finish=Finish()))
    assert scalars(desk, select(Arrangement.state)) == [ArrangementState.CANCELLED]
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "They stay"))
    assert scalars(desk, select(Arrangement.state)) == [ArrangementState.LIVE]


def test_sub_accounts_stay_with_what_they_hold(desk, home):
    repair = desk.do(lettings.account, home[0].tenancy, AccountKind.RECHARGE)
    post(desk, repair, ("DRR", 76_40, date(2026, 11, 3)))
    wanted = noted(home, keys_on=LATE, finish=Finish())
    assert any("Recharges" in text and after == "£76.40 DR" for _, text, _, after in effects(desk, wanted))
    desk.do(commands.save, wanted)
    assert balance(desk, repair.id) == Money(76_40)


def test_after_a_death_the_executors_have_the_account_and_benefit_ends_with_the_sunday(desk, home):
    desk.do(lambda ctx: setattr(ctx.session.get(Person, home[0].person.id), "died_on", date(2026, 10, 28)))
    wanted = NoteEnding(
        home[0].tenancy.id,
        EndReason.DEATH,
        notice_on=date(2026, 10, 20),
        keys_on=date(2026, 11, 12),
        contact_name="Robin Sample",
        forwarding_address=ADDRESS,
        finish=Finish(),
    )
    done = desk.do(commands.save, wanted)
    # four weeks from Tuesday 20 October end on Sunday 22 November
    assert done.ends_on == date(2026, 11, 22)
    former = desk.database.read(lambda session: session.get(Account, done.former_account_id))
    assert former.name == "Executors of Mx Alex Sample"
    (ending,) = scalars(desk, select(Ending))
    assert "£180.00" in ending.benefit_finding  # three weeks after Sunday 1 November
    assert scalars(desk, select(Outgoing.addressee)) == ["Robin Sample", "Robin Sample"]


def test_the_public_trustee_is_copied_in(desk, home):
    wanted = NoteEnding(home[0].tenancy.id, EndReason.NOTICE_TO_QUIT, notice_on=date(2026, 10, 26), public_trustee=True)
    saved = desk.do(commands.save, wanted)
    assert saved.ends_on == date(2026, 11, 22)
    assert sorted(scalars(desk, select(Task.kind).where(Task.state == "open"))) == ["ending_keys", "public_trustee"]


def test_the_next_step_is_a_task_of_its_day(desk, home):
    open_tasks = select(Task.kind, Task.due_on).where(Task.state == "open")

    def tasks():
        return desk.database.read(lambda session: [tuple(row) for row in session.execute(open_tasks)])

    saved = desk.do(commands.save, noted(home))
    assert tasks() == [("ending_keys", date(2026, 11, 9))]
    again = desk.do(commands.save, noted(home, ending_id=saved.ending_id, version=saved.version, contact_name="A"))
    assert tasks() == [("ending_keys", date(2026, 11, 9))]
    desk.do(commands.save, noted(home, keys_on=LATE, ending_id=again.ending_id, version=again.version))
    assert tasks() == [("ending_finish", date(2026, 11, 16))]


def test_what_is_noted_is_shown_again(desk, home):
    garage = home[1].tenancy.id
    desk.do(commands.save, noted(home, keys_on=LATE, garages=(garage,), contact_name="Robin", left_on=NOTICE))
    form = desk.ask(queries.form, home[0].account.id)
    assert (form.noted.keys_on, form.noted.garages, form.noted.left_on) == (LATE, (garage,), NOTICE)
    assert (form.noted.agreed_on, form.ended_on) == (None, date(2026, 11, 15))
    assert [each.tenancy_id for each in form.garages] == [garage]
    # the garage may be taken out again
    desk.do(commands.save, noted(home, keys_on=LATE, ending_id=form.noted.ending_id, version=form.noted.version))
    assert scalars(desk, select(Tenancy.end_on).where(Tenancy.id == garage)) == [None]


def test_the_register_lists_by_what_is_to_be_done(desk, home):
    saved = desk.do(commands.save, noted(home))
    (row,) = desk.ask(listing.listed, EndingFilter())
    assert (row.ends_on, row.next_step) == (date(2026, 11, 8), "Keys overdue since 9 Nov 2026")
    assert desk.ask(listing.counts)[EndingShown.KEYS_DUE] == 1
    assert desk.ask(listing.listed, EndingFilter(text="nobody of this name")) == ()
    assert len(desk.ask(listing.listed, EndingFilter(text="sample close"))) == 1
    late = noted(home, keys_on=LATE, finish=Finish(), ending_id=saved.ending_id, version=saved.version)
    done = desk.do(commands.save, late)
    assert desk.ask(listing.listed, EndingFilter()) == ()
    # benefit that is taken back comes to the rent account, and is carried over
    post(desk, home[0].account, ("RHB", 120_00, date(2026, 11, 20), date(2026, 11, 16)))
    (row,) = desk.ask(listing.listed, EndingFilter(EndingShown.ENDED))
    assert (row.left_behind, row.balance, row.account_id) == (Money(120_00), Money(73_50), done.former_account_id)
    assert desk.do(commands.carry_over, row.ending_id).balance == Money(193_50)
    post(desk, home[0].account, ("RHB", 10_00, date(2026, 11, 20), date(2026, 11, 9)))
    assert desk.do(commands.carry_over, row.ending_id).balance == Money(203_50)
    with pytest.raises(UserError, match="Nothing stands"):
        desk.do(commands.carry_over, row.ending_id)
    assert desk.ask(checks.check) == ()


def test_an_ending_that_is_part_of_something_else(desk, home):
    wanted = EndHere(home[0].tenancy.id, EndReason.TRANSFER, date(2026, 11, 15), void=None, former=False)
    done = desk.do(keeping.end_here, wanted)
    assert done.former_account_id is None
    assert balance(desk, home[0].account.id) == Money(73_50)
    assert scalars(desk, select(VoidPeriod)) == []
    assert scalars(desk, select(Outgoing)) == []


def test_the_header_says_that_notice_was_given_until_the_ending_is_finished(desk, home):
    saved = desk.do(commands.save, noted(home))
    notice = desk.ask(account_header, home[0].account.id).notice
    coming = desk.do(commands.save, NoteEnding(home[1].tenancy.id, EndReason.SURRENDER, agreed_on=date(2026, 11, 22)))
    (listed,) = desk.ask(account_rows, [home[1].account.id])
    assert (coming.ends_on, listed.ended_on) == (date(2026, 11, 22), None)  # a former account only once it is over
    assert (notice.ends_on, notice.keys_returned_at) == (date(2026, 11, 8), None)
    late = noted(home, keys_on=LATE, finish=Finish(), ending_id=saved.ending_id, version=saved.version)
    done = desk.do(commands.save, late)
    assert desk.ask(account_header, home[0].account.id).notice is None
    assert desk.ask(account_header, done.former_account_id).notice is None


def test_a_notice_is_confirmed_by_letter_once_for_each_last_day(desk, home):
    wanted = noted(home, letter=True)
    assert any(text.startswith("A letter that confirms") for _, text, _, _ in effects(desk, wanted))
    saved = desk.do(commands.save, noted(home, letter=True, agreed_on=date(2026, 11, 29)))
    again = noted(home, letter=True, agreed_on=date(2026, 11, 29), contact_name="A", ending_id=saved.ending_id)
    saved = desk.do(commands.save, replace(again, version=saved.version))
    assert scalars(desk, select(Outgoing.title)) == ["Notice to end a tenancy confirmed"]
    desk.do(lambda ctx: setattr(ctx.session.get(Person, home[0].person.id), "do_not_contact", True))
    later = noted(home, letter=True, agreed_on=date(2026, 12, 6), ending_id=saved.ending_id, version=saved.version)
    assert "No letter was written: This can't be sent. Do not contact." in desk.do(commands.save, later).told


def test_an_address_that_cant_be_posted_to_is_seen_before(desk, home):
    wanted = noted(home, keys_on=LATE, finish=Finish(), forwarding_address="1 New Street\nTestford")
    assert any("not a postcode: Testford" in text for _, text, _, _ in effects(desk, wanted))


def test_whoever_pays_benefit_is_told_of_the_end_and_of_its_reversal(desk, home):
    def claim(ctx):
        row = {"kind": BenefitKind.HOUSING_BENEFIT, "state": ClaimState.LIVE, "claimed_on": date(2026, 8, 3)}
        ctx.session.add(BenefitClaim(tenancy_id=home[0].tenancy.id, person_id=home[0].person.id, **row))

    desk.do(claim)
    wanted = noted(home, keys_on=LATE, finish=Finish())
    assert any(
        text == "Whoever pays Housing Benefit is told that the tenancy ended" for _, text, _, _ in effects(desk, wanted)
    )
    done = desk.do(commands.save, wanted)
    told = select(Task.details).where(Task.kind == "benefit_tenancy_change").order_by(Task.id)
    (ended,) = scalars(desk, told)
    assert ended.startswith("The tenancy T00001 ended, from 16 Nov 2026")
    desk.do(commands.take_back, TakeBack(done.ending_id, done.version, "They stay"))
    assert "The tenancy T00001 goes on" in scalars(desk, told)[-1]


def test_a_garage_ends_by_itself_with_a_weeks_notice(desk, home):
    wanted = NoteEnding(home[1].tenancy.id, EndReason.TENANT_NOTICE, notice_on=date(2026, 11, 10))
    # seven days from a Tuesday end on the next Monday, the letting on the Sunday after
    assert desk.do(commands.save, wanted).ends_on == date(2026, 11, 22)


def test_a_home_that_was_sold_is_to_have_its_lease_or_freehold(desk, home):
    sold = {"agreed_on": date(2026, 11, 15), "finish": Finish()}
    wanted = NoteEnding(home[0].tenancy.id, EndReason.RIGHT_TO_BUY, **sold)
    assert any("until its lease or freehold is started" in text for _, text, _, _ in effects(desk, wanted))
    desk.do(commands.save, wanted)
    assert scalars(desk, select(VoidPeriod)) == []
    assert "sold_home" in scalars(desk, select(Task.kind).where(Task.state == "open"))
