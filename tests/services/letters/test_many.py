"""Many letters of one template for another service: one file, each once, and one that can't go says why."""

from sqlalchemy import select

from app.models.letters import LetterBatch, LetterTemplateVersion
from app.services.letters import gathering
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import to_somebody_else
from app.services.letters.many import ForOne, make_many
from tests.services.letters.conftest import tenant


def wanted(ctx, account_ids):
    found = gathering.recipients(ctx, account_ids)
    return [ForOne(_letter(each.account_id, f"many {each.account_id}"), each) for each in found]


def _letter(account_id, key):
    answers = {"subject": "About your account", "text": "Only a test."}
    return NewLetter("general_letter", account_id, answers, idempotency_key=key)


def made(desk, account_ids, *more):
    def work(ctx):
        rows = make_many(ctx, "general_letter", [*wanted(ctx, account_ids), *(one(ctx) for one in more)])
        return [row if isinstance(row, str) else (row.id, row.state, row.addressee, row.first_page) for row in rows]

    return desk.do(work)


def test_they_are_pages_of_one_file_in_a_batch_and_each_is_made_once(desk, account):
    other = desk.do(tenant)
    first, second = made(desk, [account, other])
    assert (first[3], second[3]) == (1, 2)
    assert made(desk, [account, other]) == [first, second]
    titles = desk.ask(lambda ctx: [(each.title, each.state) for each in ctx.session.scalars(select(LetterBatch))])
    assert titles == [("General letter", "made")]


def test_two_people_of_one_account_get_a_letter_each(desk, account):
    def somebody(ctx):
        to = to_somebody_else(gathering.recipient(ctx, account), "Jo Other", ("9 Sample Road", "Testford", "ZZ9 9AA"))
        return ForOne(_letter(account, "somebody else"), to)

    assert [row[2] for row in made(desk, [account], somebody)] == ["Mx Alex Sample", "Jo Other"]


def test_one_that_cannot_go_says_why_and_the_others_go(desk, account, needs):
    other = desk.do(tenant)
    needs(other, do_not_contact=True)
    first, second = made(desk, [account, other])
    assert first[1] == "queued"
    assert second == "Do not contact."


def test_where_each_is_read_by_a_second_person_each_waits(desk, account, second):
    made(desk, [account])

    def strict(ctx):
        version = ctx.session.scalars(select(LetterTemplateVersion)).one()
        version.needs_approval, version.shipped = True, False

    other = desk.do(tenant)
    desk.do(strict)
    assert [row[1] for row in made(desk, [other])] == ["waiting"]


def test_none_are_none(desk, landlord):
    assert desk.do(make_many, "general_letter", []) == []
