"""The account that a letter is about, from what it says of itself."""

from app.models.access import RestrictedRecord
from app.models.landlord import Landlord
from app.models.people import Person
from app.models.values import AccountKind, Subject
from app.services.post_log.dto import Clues, FoundBy
from app.services.post_log.recognising import account_in, accounts_in
from app.services.rent.search import refresh_search
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def homes(desk):
    """Two lets; the first tenant is easily reached."""

    def make(ctx):
        ctx.session.add(Landlord(name="Sample Council", reference_scheme="mod11"))
        made = []
        for first, last, address in (("Alex", "Example", "4 Sample Close"), ("Sam", "Specimen", "6 Sample Close")):
            place = lettings.dwelling(ctx, address_1=address, postcode="ZZ11 1AA")
            person = lettings.person(ctx, first, last)
            made.append((person, lettings.account(ctx, lettings.tenancy(ctx, place, [person]))))
        (alex, one), (_, two) = made
        alex.email, alex.mobile = "alex@example.org", "07700 900123"
        one.payment_reference, one.reference_key = "7000 0001 02", "7000000102"
        ctx.session.flush()
        refresh_search(ctx)
        return one.id, two.id

    return desk.do(make)


def found(desk, *clues):
    guess = desk.ask(account_in, Clues(*clues))
    return (guess.account_id, guess.found_by) if guess else None


def test_by_whatever_a_letter_says(desk, homes):
    one, two = homes
    assert found(desk, "my rent 7000-0001 02 is wrong") == (one, FoundBy.REFERENCE)
    assert found(desk, "tenancy t00002 please") == (two, FoundBy.REFERENCE)
    assert found(desk, "hello", "", "Alex@Example.org") == (one, FoundBy.EMAIL)
    assert found(desk, "ring me on 07700900123") == (one, FoundBy.TELEPHONE)
    assert found(desk, "from zz111aa", "S Specimen") == (two, FoundBy.NAME_AND_POSTCODE)
    assert found(desk, "the occupier, 4 Sample Close, Testford ZZ11 1AA") == (one, FoundBy.ADDRESS)
    assert found(desk, "a query", "Sam Specimen") == (two, FoundBy.NAME)
    assert found(desk, "nothing that anybody is known by", "A Stranger") is None


def test_a_slip_in_a_reference_is_seen_by_its_check_digit(desk, homes):
    guess = desk.ask(account_in, Clues("rent account 7000000112"))
    assert (guess.account_id, guess.found_by) == (homes[0], FoundBy.MISREAD)
    assert guess.words == "7000000112, which is 7000 0001 02 but for one slip"


def test_the_reference_counts_more_than_the_sender(desk, homes):
    _, two = homes
    guess = desk.ask(account_in, Clues("for my neighbour, t00002", "", "alex@example.org"))
    assert (guess.account_id, guess.others) == (two, 0)
    both = desk.ask(account_in, Clues("T00002 and 7000000102"))
    assert (both.account_id, both.others) == (two, 1)
    own = desk.ask(account_in, Clues("T00002 and 7000000102", "", "alex@example.org"))
    assert (own.account_id, own.others) == (homes[0], 0)


def test_a_garage_of_the_sender_is_not_another_that_fits(desk, homes):
    def rent_garage(ctx):
        held = lettings.tenancy(ctx, lettings.garage(ctx), [ctx.session.get_one(Person, 1)])
        lettings.account(ctx, held, AccountKind.GARAGE)

    desk.do(rent_garage)
    guess = desk.ask(account_in, Clues("hello", "", "alex@example.org"))
    assert (guess.account_id, guess.others) == (homes[0], 0)


def test_many_take_as_many_statements_as_one(desk, homes, query_log):
    clues = [
        Clues("nothing known"),
        Clues("7000000102"),
        Clues("ZZ11 1AA", "Specimen"),
        Clues("", "", "alex@example.org"),
    ]
    query_log.clear()
    guesses = desk.ask(accounts_in, clues * 50)
    assert len(query_log) < 25
    assert [guess and guess.account_id for guess in guesses[:4]] == [None, homes[0], homes[1], homes[0]]


def test_a_restricted_account_is_found_by_its_reference_only(desk, homes):
    def restrict(ctx):
        ctx.session.add(
            RestrictedRecord(
                subject=Subject.ACCOUNT,
                subject_id=homes[0],
                reason="Made up",
                restricted_by=ctx.officer.id,
                restricted_at=ctx.clock.now(),
            )
        )
        ctx.session.flush()

    desk.do(restrict)
    guess = desk.ask(account_in, Clues("7000000102"))
    assert (guess.account_id, guess.name) == (homes[0], "Restricted")
    assert found(desk, "4 Sample Close, ZZ11 1AA", "Example") is None
