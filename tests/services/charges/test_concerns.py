from datetime import date, timedelta

import pytest

from app.models.charges import Charge
from app.models.values import Tenure
from app.services.charges import queries
from app.services.charges.dto import Concern
from tests.factories import lettings

WEEK = date(2026, 11, 23)


def concerns(desk):
    return [(each.concern, each.account_id, each.text) for each in desk.ask(queries.exceptions, WEEK)]


def test_an_ordinary_week_has_none(desk):
    home = desk.do(lettings.letting, DSC="4.50")
    desk.do(lettings.garage_letting, home=home)
    desk.do(lettings.letting, end_on=date(2026, 11, 1))
    assert concerns(desk) == []


def test_a_live_tenancy_without_a_charge(desk):
    made = desk.do(lettings.letting, None)
    ended = desk.do(lettings.letting, None, end_on=WEEK - timedelta(days=1))
    desk.do(lettings.letting, None, tenure=Tenure.LEASEHOLD)
    found = concerns(desk)
    assert found[0] == (
        Concern.NO_CHARGE,
        made.account.id,
        f"The tenancy {made.tenancy.ref} is live and has no charge.",
    )
    assert [each[0] for each in found] == [Concern.NO_CHARGE, Concern.VOID_WITHOUT_CHARGE]
    assert ended.account.id not in {each[1] for each in found}


def test_a_charge_that_has_ended_is_no_charge(desk):
    made = desk.do(lettings.letting)

    def end(ctx):
        ctx.session.get_one(Charge, made.charges[0].id).to_on = WEEK - timedelta(days=1)

    desk.do(end)
    assert [each[:2] for each in concerns(desk)] == [(Concern.NO_CHARGE, made.account.id)]


def test_a_charge_of_nothing(desk):
    made = desk.do(lettings.letting, "90.00", DSC="0.00")
    assert concerns(desk) == [(Concern.ZERO, made.account.id, "Service charge (DSC) is £0.00.")]


# The bounds as shipped: two bedrooms 61.09 to 146.54, affordable rents 60.00 to 400.00, otherwise 40.00 to 260.00.
@pytest.mark.parametrize(
    ("rent", "tenure", "bedrooms", "words"),
    [
        ("61.09", Tenure.SECURE, 2, ""),
        ("61.08", Tenure.SECURE, 2, "Rent of £61.08 is below £61.09, unusual for 2 bedrooms."),
        ("146.54", Tenure.SECURE, 2, ""),
        ("146.55", Tenure.SECURE, 2, "Rent of £146.55 is above £146.54, unusual for 2 bedrooms."),
        ("130.93", Tenure.INTRODUCTORY, 1, "above £130.92, unusual for 1 bedroom."),
        ("40.00", Tenure.SECURE, 0, "below £45.00, unusual for a bedsit."),
        ("255.00", Tenure.SECURE, 5, ""),
        ("261.00", Tenure.SECURE, None, "above £260.00, unusual for a home of unknown size."),
        ("210.00", Tenure.AFFORDABLE, 2, ""),
        ("400.01", Tenure.AFFORDABLE, 2, "above £400.00, unusual for an affordable rent."),
        ("10.00", Tenure.LEASEHOLD, 2, ""),
    ],
)
def test_rents_outside_the_bounds(desk, rent, tenure, bedrooms, words):
    def build(ctx):
        return lettings.letting(ctx, rent, tenure=tenure, prop=lettings.dwelling(ctx, bedrooms=bedrooms))

    made = desk.do(build)
    found = concerns(desk)
    assert [each[:2] for each in found] == ([(Concern.OUT_OF_BOUNDS, made.account.id)] if words else [])
    assert not words or words in found[0][2]


def test_garage_vat_that_begins_because_the_home_was_given_up(desk):
    home = desk.do(lettings.letting, end_on=WEEK - timedelta(days=1))
    garage = desk.do(lettings.garage_letting, home=home)
    assert concerns(desk) == [
        (
            Concern.VAT_CHANGED,
            garage.account.id,
            (
                "Garage now bears VAT, since the home it goes with is no longer let to the same people: "
                "£17.80 is £14.83 and VAT £2.97."
            ),
        )
    ]


def test_garage_vat_that_ends_because_the_garage_is_linked_to_a_new_home(desk):
    home = desk.do(lettings.letting, start_on=WEEK)
    garage = desk.do(lettings.garage_letting, home=home)
    found = concerns(desk)
    assert found[0] == (Concern.VAT_CHANGED, garage.account.id, "Garage no longer bears VAT: £17.80 without VAT.")
    assert [each[0] for each in found[1:]] == [Concern.STARTED]


def test_a_void_whose_last_tenancy_had_no_charge_that_a_void_carries(desk):
    made = desk.do(lettings.letting, None, end_on=date(2026, 11, 1), DHE="5.00")
    (found,) = desk.ask(queries.exceptions, WEEK)
    assert (found.concern, found.account_id, found.reference) == (
        Concern.VOID_WITHOUT_CHARGE,
        None,
        made.property.ref,
    )
    assert found.text.startswith("Void since 01 Nov 2026")


def test_who_starts_and_ends_with_every_charge_as_a_sum(desk):
    def build(ctx):
        started = lettings.letting(ctx, "118.42", start_on=date(2026, 11, 25), DCI="1.50")
        ended = lettings.letting(ctx, "118.42", end_on=date(2026, 11, 24))
        whole = lettings.letting(ctx, "118.42", end_on=date(2026, 11, 29))
        return started, ended, whole

    started, ended, whole = desk.do(build)
    assert concerns(desk) == [
        (
            Concern.STARTED,
            started.account.id,
            "Starts on Wed 25 Nov 2026: Rent £118.42 x 5/7 = £84.59; Contents insurance £1.50.",
        ),
        (Concern.ENDED, ended.account.id, "Ends on Tue 24 Nov 2026: Rent £118.42 x 2/7 = £33.83."),
        (Concern.ENDED, whole.account.id, "Ends on Sun 29 Nov 2026: Rent £118.42."),
    ]


def test_a_start_in_a_free_week_says_so(desk):
    desk.do(lettings.rent_group, "GEN", free=[WEEK])
    desk.do(lettings.letting, start_on=date(2026, 11, 25))
    assert concerns(desk)[0][2] == "Starts on Wed 25 Nov 2026: nothing to charge in a free week."


def test_what_is_wrong_comes_first(desk):
    desk.do(lettings.letting, start_on=date(2026, 11, 25))
    desk.do(lettings.letting, "300.00")
    desk.do(lettings.letting, None)
    assert [each[0] for each in concerns(desk)] == [Concern.NO_CHARGE, Concern.OUT_OF_BOUNDS, Concern.STARTED]


def test_statements_stay_the_same_however_many_there_are(desk, query_log):
    def count():
        query_log.clear()
        concerns(desk)
        return len(query_log)

    desk.do(lettings.letting, None)
    few = count()
    for _ in range(4):
        desk.do(lettings.letting, None)
        desk.do(lettings.letting, "0.00", end_on=WEEK)
    assert len(concerns(desk)) > 8
    assert count() == few
