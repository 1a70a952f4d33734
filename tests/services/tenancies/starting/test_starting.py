from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.diary import Task
from app.models.documents import DocumentLink
from app.models.endings import VoidPeriod
from app.models.ledger import Entry
from app.models.letters import Outgoing
from app.models.people import Person, Tenant
from app.models.properties import RentFreeWeek
from app.models.search import AccountSearch
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import (
    AccountKind,
    Money,
    PaymentMethod,
    TenancyChange,
    Tenure,
    VoidReason,
)
from app.services.charges.commands import charge_week
from app.services.rent.search import refresh_search
from app.services.tenancies import keeping
from app.services.tenancies.starting import queries
from app.services.tenancies.starting.commands import start
from app.services.tenancies.starting.dto import NewCharge, NewTenant, StartTenancy
from app.services.tenancies.voids.keeping import open_void
from tests.factories import lettings

MONDAY = date(2026, 11, 16)
WEDNESDAY = date(2026, 11, 25)
NEXT = date(2026, 11, 23)


def count(desk, model, *where):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(model).where(*where)))


def entries(desk, account_id):
    wanted = select(Entry.code, Entry.pence, Entry.rent_week).where(Entry.account_id == account_id)
    return [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(wanted.order_by(Entry.rent_week)).all())]


def test_a_let_makes_the_tenancy_its_account_and_its_charges(desk, home, new):
    made = desk.do(start, new)

    def read(ctx):
        tenancy = ctx.session.get_one(Tenancy, made.tenancy_id)
        account = ctx.session.get_one(Account, made.account_id)
        charges = ctx.session.scalars(select(Charge).where(Charge.account_id == account.id).order_by(Charge.code))
        person = ctx.session.scalars(
            select(Person).join(Tenant, Tenant.person_id == Person.id).where(Tenant.tenancy_id == tenancy.id)
        ).one()
        event = ctx.session.scalars(select(TenancyEvent)).one()
        words = ctx.session.get_one(AccountSearch, account.id).text
        return (
            tenancy,
            account,
            [(each.code, each.amount_pence, each.from_on) for each in charges],
            person,
            event,
            words,
        )

    tenancy, account, charges, person, event, words = desk.ask(read)
    assert (tenancy.start_on, tenancy.end_on, tenancy.tenure) == (WEDNESDAY, None, Tenure.SECURE)
    assert (account.kind, account.opened_on, account.name) == (AccountKind.RENT, WEDNESDAY, "Mx Robin Newcome")
    assert account.payment_reference == made.reference
    assert account.rent_group_id == home.rent_group.id
    assert charges == [("DBR", 10_000, WEDNESDAY), ("DSC", 450, WEDNESDAY)]
    assert person.ref == "N000002"
    assert (event.change, event.effective_on) == (TenancyChange.STARTED, WEDNESDAY)
    assert event.words == "Started as secure tenancy at £104.50 a week."
    assert "newcome" in words
    assert made.journal is None


def test_a_part_week_is_charged_by_the_day_from_then_on_by_itself(desk, home, new):
    desk.do(charge_week, MONDAY)
    made = desk.do(start, new)
    desk.do(charge_week, NEXT)

    # Wednesday to Sunday: 100.00 x 5/7 = 71.43, 4.50 x 5/7 = 3.21
    assert entries(desk, made.account_id) == [("DBR", 7_143, NEXT), ("DSC", 321, NEXT)]


def test_a_let_entered_late_is_charged_for_the_weeks_that_were_run(desk, home, new):
    desk.do(charge_week, date(2026, 11, 9))
    desk.do(charge_week, MONDAY)
    late = replace(new, start_on=date(2026, 11, 12))
    effects = desk.ask(queries.preview, late)
    made = desk.do(start, late)

    # the week of 9 November for four days, 57.14 and 2.57; the week of 16 November whole
    expected = [("DBR", 5_714), ("DSC", 257), ("DBR", 10_000), ("DSC", 450)]
    assert [each[:2] for each in entries(desk, made.account_id)] == expected
    assert made.journal is not None
    due = next(each for each in effects if "charged already" in each.text)
    assert (due.after, due.warns) == ("£164.21", True)  # 57.14 + 2.57 + 104.50
    # the void control account gives back what those days had cost it: 11 of 14 days of 90.00 and 4.50 a week
    back = next(each for each in effects if "void control" in each.text)
    assert back.after == "£148.50"  # 4/7 of 90.00 is 51.43, of 4.50 2.57; with a whole week of 94.50


def test_the_first_week_is_shown_as_a_sum(desk, new):
    shown = {(each.group, each.text): each.after for each in desk.ask(queries.preview, new)}
    assert shown["First week, from 25 Nov 2026", "Rent"] == "£100.00 x 5/7 = £71.43"
    assert shown["First week, from 25 Nov 2026", "Service charge"] == "£4.50 x 5/7 = £3.21"
    assert shown["First week, from 25 Nov 2026", "Together"] == "£74.64"
    assert shown["Charges", "A week"] == "£100.00 + £4.50 = £104.50"
    assert shown["Money", "First charged with the weekly charge of"] == "Monday 23 Nov 2026"
    assert shown["Property", "The void ends"] == "24 Nov 2026"


def test_a_rent_free_first_week_costs_nothing(desk, home, new):
    desk.do(lambda ctx: ctx.session.add(RentFreeWeek(rent_group_id=home.rent_group.id, week_on=NEXT)))
    texts = [each.text for each in desk.ask(queries.preview, new)]
    assert "The week is rent free: no rent, no service charge" in texts


def test_what_a_home_was_let_at_is_proposed(desk, home):
    shown = desk.ask(queries.proposal, home.property.id, WEDNESDAY)
    assert [(each.code, each.amount, each.source) for each in shown.charges] == [
        ("DBR", Money(9_000), f"as the last letting, {home.tenancy.ref}"),
        ("DSC", Money(450), f"as the last letting, {home.tenancy.ref}"),
    ]
    assert shown.tenures[0] is Tenure.SECURE
    assert shown.property.standing == "Void since 2 Nov 2026."
    assert not shown.property.let


def test_the_trial_of_an_introductory_tenancy_is_a_year_with_a_task_before_it_ends(desk, new):
    made = desk.do(start, replace(new, tenure=Tenure.INTRODUCTORY))
    tenancy = desk.ask(lambda ctx: ctx.session.get_one(Tenancy, made.tenancy_id))
    assert tenancy.trial_ends_on == date(2027, 11, 24)
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == "trial_review")).one())
    assert task.due_on == date(2027, 9, 29)  # 56 days before


def test_a_flexible_tenancy_has_a_term_of_at_least_two_years(desk, new):
    made = desk.do(start, replace(new, tenure=Tenure.FLEXIBLE))
    tenancy = desk.ask(lambda ctx: ctx.session.get_one(Tenancy, made.tenancy_id))
    assert tenancy.term_ends_on == date(2031, 11, 24)


def test_a_garage_goes_with_the_home_of_its_tenants_and_bears_no_vat(desk):
    def build(ctx):
        return lettings.letting(ctx), lettings.garage(ctx)

    home, garage = desk.do(build)
    tenants = (NewTenant(person_id=home.person.id),)
    shown = desk.ask(queries.proposal, garage.id, NEXT, None, [home.person.id])
    assert [number for number, _ in shown.homes] == [home.tenancy.id]
    price = (NewCharge("DGA", Money(1_780)),)
    new = StartTenancy(garage.id, Tenure.GARAGE, NEXT, tenants, price, PaymentMethod.CASH)
    assert any(each.text == "Standard-rated VAT" and each.warns for each in desk.ask(queries.preview, new))

    made = desk.do(start, replace(new, home_id=home.tenancy.id, near_home=True))
    desk.do(charge_week, NEXT)
    assert entries(desk, made.account_id) == [("DGA", 1_780, NEXT)]
    kept = desk.ask(keeping.home_of_garage, made.tenancy_id)
    assert (kept.home_id, kept.near) == (home.tenancy.id, True)
    again = desk.ask(queries.let_property, garage.id)
    assert (again.home_id, again.near_home) == (home.tenancy.id, True)


def test_a_lease_needs_no_weekly_charge(desk, new):
    made = desk.do(start, replace(new, tenure=Tenure.LEASEHOLD, charges=()))
    account = desk.ask(lambda ctx: ctx.session.get_one(Account, made.account_id))
    assert account.kind is AccountKind.LEASEHOLD


def test_the_void_ends_the_day_before(desk, home, new):
    desk.do(open_void, home.property.id, date(2026, 11, 2), VoidReason.REPAIRS)
    desk.do(start, new)
    period = desk.ask(lambda ctx: ctx.session.scalars(select(VoidPeriod)).one())
    assert period.to_on == date(2026, 11, 24)


def test_the_welcome_and_the_first_statement_go_out_and_payment_is_set_up(desk, new):
    made = desk.do(start, replace(new, payment_method=PaymentMethod.DIRECT_DEBIT, welcome=True))
    letter = desk.ask(lambda ctx: ctx.session.get_one(Outgoing, made.letter_id))
    assert (letter.account_id, letter.title) == (made.account_id, "Welcome and first statement")
    kinds = set(desk.ask(lambda ctx: ctx.session.scalars(select(DocumentLink.kind)).all()))
    assert {"letter", "statement"} <= kinds
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert (task.kind, task.subject_id, task.due_on) == ("mandate_request", made.account_id, date(2026, 11, 24))


def test_what_a_tenant_owes_elsewhere_is_told_first(desk, new):
    def build(ctx):
        held = lettings.letting(ctx, reference="70 0009")
        held.account.balance_pence = 80_00
        return held.person.id

    wanted = replace(new, tenants=(NewTenant(person_id=desk.do(build)),))
    told = [each for each in desk.ask(queries.preview, wanted) if each.group == "Debts"]
    assert [(each.text, each.after, each.warns) for each in told] == [("Rent account 70 0009", "£80.00 DR", True)]


def test_without_welcome_and_asking_nothing_is_sent(desk, new):
    quiet = replace(new, payment_method=PaymentMethod.PAYMENT_CARD, ask_to_pay=False)
    made = desk.do(start, quiet)
    assert made.letter_id is None
    assert count(desk, Task) == count(desk, Outgoing) == count(desk, DocumentLink) == 0


def test_a_welcome_that_cant_be_written_becomes_a_task(desk, new):
    def build(ctx):
        return lettings.person(ctx, "Quiet", "Please", do_not_contact=True)

    person = desk.do(build)
    made = desk.do(start, replace(new, tenants=(NewTenant(person_id=person.id),), welcome=True))
    assert made.letter_id is None
    assert made.not_written
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert task.kind == "welcome_letter"
    assert count(desk, Outgoing) == 0


def test_the_property_and_the_people_are_found_as_they_are_typed(desk, home, new):
    desk.do(refresh_search)
    found = desk.ask(queries.find_properties, home.property.address_1)
    assert [(each.property_id, each.let) for each in found] == [(home.property.id, False)]
    people = desk.ask(queries.find_people, "sample")
    assert [(each.person_id, each.reference) for each in people] == [(home.person.id, home.person.ref)]
    desk.do(start, new)
    assert desk.ask(queries.find_properties, home.property.address_1)[0].let
    assert [each.name for each in desk.ask(queries.find_people, "newcome")] == ["Mx Robin Newcome"]
