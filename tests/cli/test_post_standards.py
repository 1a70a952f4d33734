"""`rentbook post due`, `rentbook post overdue` and `rentbook workdays`."""

from datetime import date

import pytest

from app.models.calendars import OfficeClosure
from app.models.policy import PolicyValue
from app.models.values import PostChannel
from app.services.post_log import keeping
from app.services.post_log.dto import NewItem
from app.services.post_log.standards import promised, queries


@pytest.mark.parametrize(
    ("category", "received", "acknowledge_by", "reply_by", "calendar"),
    [
        ("general", "2026-12-24", "2026-12-31", "2027-01-12", "office"),
        ("Complaint, stage 1", "2026-12-24", "2027-01-05", "2027-01-19", "statutory"),
        ("stage 2", "2026-04-02", "2026-04-13", "2026-05-12", "statutory"),
        ("SAR", "2026-12-15", "2026-12-18", "2027-01-15", "statutory"),
        ("Notice to quit", "2026-11-20", "2026-11-25", "2026-11-27", "office"),
        ("complaint_2", "2026-04-02", "2026-04-13", "2026-05-12", "statutory"),
        ("foi", "2026-12-24", "2026-12-31", "2027-01-27", "foi"),
        ("subject-access", "2026-11-25", "2026-11-30", "2026-12-29", "statutory"),
        ("breathing_space", "2026-12-25", None, "2026-12-29", "office"),
        ("disrepair", "2026-11-02", "2026-11-05", "2026-11-30", "statutory"),
        ("right_to_buy", "2026-11-02", "2026-11-05", "2026-11-30", "statutory"),
    ],
)
def test_each_deadline_has_its_working(office, category, received, acknowledge_by, reply_by, calendar):
    found = office("post", "due", "--received", received, "--category", category, "--json").data
    assert (found["acknowledge_by"], found["reply_by"]) == (acknowledge_by, reply_by)
    assert found["calendar"] == calendar
    assert [each["what"] for each in found["deadlines"]] == ["acknowledge", "reply"]
    assert found["deadlines"][1]["working"]


def test_due_in_words(office):
    said = office("post", "due", "--received", "2026-12-24", "--category", "general").out.splitlines()
    assert said[0] == "General enquiry, received 24 Dec 2026, in the office's working days"
    assert said[1] == "Acknowledge by 31 Dec 2026"
    assert said[2].endswith("25 and 28 Dec are holidays; 3 working days later is Thu 31 Dec 2026.")
    # acknowledged on 29 Dec: 30, 31 Dec, 4-8, 11, 12, 13 Jan
    asked = ("post", "due", "--received", "2026-12-24", "--category", "complaint_1", "--acknowledged", "2026-12-29")
    assert office(*asked, "--json").data["reply_by"] == "2027-01-13"


def test_an_unknown_category_and_a_wrong_day_are_refused_in_words(office):
    unknown = office("post", "due", "--received", "2026-12-24", "--category", "nonsense", "--json")
    assert unknown.code == 1
    assert "complaint_1" in unknown.err
    several = office("post", "due", "--received", "2026-12-24", "--category", "complaint")
    assert "complaint_1 (Complaint, stage 1), complaint_2" in several.err
    assert office("post", "due", "--received", "24/12/2026", "--category", "general").code == 2
    before = ("post", "due", "--received", "2026-12-24", "--category", "foi", "--acknowledged", "2026-12-01")
    assert "before it was received" in office(*before).err


def test_nothing_is_overdue_in_an_empty_office(office):
    assert office("post", "overdue", "--json").data == {"overdue": [], "count": 0, "most": 1000}
    assert office("post", "overdue").out.strip() == "Nothing is late."


def test_what_is_late_is_listed_and_told_each_morning(office, desk):
    def log_two(ctx):
        for day in (date(2026, 11, 2), date(2026, 11, 20)):
            keeping.log(ctx, NewItem(PostChannel.LETTER, "Made up", "Mx Sample", received_on=day))

    desk.do(log_two)
    (late,) = office("post", "overdue", "--json").data["overdue"]
    assert (late["number"], late["late"], late["due"], late["working_days"]) == ("2026/0001", "reply", "2026-11-16", 4)
    assert not late["escalated"]
    assert office("tasks", "make").code == 0
    assert office("post", "overdue", "--json").data["overdue"][0]["escalated"]
    assert "2026/0001" in office("tasks", "list", "--whose", "all").out
    assert "Mx Sample" in office("post", "overdue").out


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("2026-12-24", "3"), "2026-12-31"),
        (("2026-12-24", "0"), "2026-12-24"),
        (("2026-04-02", "1"), "2026-04-07"),
        (("2027-03-25", "1"), "2027-03-30"),
        (("--calendar", "foi", "2026-12-31", "1"), "2027-01-05"),
        (("2026-12-29", "--", "-1"), "2026-12-24"),
    ],
)
def test_working_days_from_a_day(office, arguments, found):
    assert office("workdays", "--json", *arguments).data["date"] == found


def test_working_days_are_said_in_words(office):
    assert office("workdays", "2026-12-24", "3").out.strip() == (
        "Thu 24 Dec 2026; 25 and 28 Dec are holidays; 3 working days later is Thu 31 Dec 2026."
    )


def test_both_work_without_any_database_as_shipped(rentbook):
    told = rentbook("post", "due", "--received", "2026-12-24", "--category", "stage 1", "--json")
    assert (told.code, told.data["category"], told.data["reply_by"]) == (0, "complaint_1", "2027-01-19")
    assert told.err.startswith("There is no database here: as shipped")
    days = rentbook("workdays", "2026-12-24", "3", "--json")
    assert (days.code, days.data["date"]) == (0, "2026-12-31")
    unknown = rentbook("post", "due", "--received", "2026-12-24", "--category", "nonsense")
    assert (unknown.code, "complaint_1" in unknown.err) == (1, True)


def test_a_database_that_was_named_must_be_there(rentbook, tmp_path):
    assert rentbook("--db", tmp_path / "none.db", "workdays", "2026-12-24", "3").code == 1


def test_with_a_database_its_closures_and_edited_policy_count(office, desk):
    def change(ctx):
        ctx.session.add(OfficeClosure(closed_on=date(2026, 12, 29), name="Christmas"))
        ctx.session.add(
            PolicyValue(
                key="post_log.reply_time",
                scope="category:general",
                effective_from=date(2026, 1, 1),
                value="5",
                unit="",
                source="",
                verified_by="",
            )
        )

    desk.do(change)
    # 29 December is closed: 30 and 31 December, 4 to 6 January
    found = office("post", "due", "--received", "2026-12-24", "--category", "general", "--json")
    assert (found.data["reply_by"], found.err) == ("2027-01-06", "")
    assert office("workdays", "2026-12-24", "3", "--json").data["date"] == "2027-01-04"


def test_the_shipped_categories_are_those_of_a_new_database(desk):
    assert desk.ask(lambda ctx: queries.known(ctx).categories) == promised.SHIPPED
