"""Profiles are made and changed on screen, by editions; what takes more than before is looked at by somebody else."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.reception_payments.files import ReceiptProfileEdition
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.reception_payments.files.layouts import (
    CleanUp,
    ColumnAt,
    Field,
    Form,
    Layout,
    SignForm,
    Trailer,
)
from app.services.reception_payments.files.profiles import commands, queries, rules, wording
from app.services.reception_payments.files.profiles.dto import NewProfile
from app.services.reception_payments.files.profiles.shipped import SHIPPED
from app.services.reception_payments.files.profiles.widening import widened
from tests.services.reception_payments.files.made import FIXED, PLAIN, REAL, kept


def tasks(desk):
    return desk.ask(lambda ctx: [(task.title, task.state) for task in ctx.session.scalars(select(Task))])


def test_every_example_says_all_that_it_has_to():
    for each in SHIPPED:
        assert list(rules.faults(each.layout)) == [], each.name
        assert each.shipped
        assert each.name.startswith("Example: ")


def test_a_profile_is_kept_found_and_read_by_its_name_or_key(desk):
    made = kept(desk, PLAIN, "Bank file")
    assert (made.key, made.edition) == ("bank_file", 1)
    for name in ("Bank file", "bank_file", "BANK FILE"):
        assert desk.ask(queries.profile, name).layout == PLAIN
    with pytest.raises(UserErrors, match="There is a profile called Bank file already"):
        kept(desk, REAL, "Bank file")
    with pytest.raises(UserErrors, match="called Example: Housing Benefit run already"):
        kept(desk, REAL, "Example: Housing Benefit run")


def test_a_change_makes_another_edition_and_the_one_before_stays(desk):
    made = kept(desk, PLAIN)
    version = desk.ask(queries.profile, made.key).version
    narrower = replace(PLAIN, trailer=Trailer("T", 2))
    again = desk.do(commands.keep, NewProfile("Bank file", narrower, "It has one", made.profile_id, version))
    assert again.edition == 2
    editions = desk.ask(queries.editions, made.profile_id)
    assert next((each.number, each.why, each.widens) for each in editions) == (2, "It has one", "")
    assert desk.ask(queries.profile, made.key).unseen == ""
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.keep, NewProfile("Bank file", PLAIN, "", made.profile_id, version))


def test_what_takes_more_than_before_is_told_to_somebody_else_who_looks(desk, colleague):
    made = kept(desk, PLAIN)
    desk.do(
        commands.keep, NewProfile("Bank file", REAL, "", made.profile_id, desk.ask(queries.profile, made.key).version)
    )
    assert desk.ask(queries.profile, made.key).unseen == "Negative lines are taken otherwise than before."
    assert [title for title, state in tasks(desk) if state == "open"] == [
        "Look at the profile Bank file: it takes more than before"
    ]
    with pytest.raises(UserError, match="Nobody looks at their own change"):
        desk.do(commands.see, made.profile_id, 2)
    with pytest.raises(UserError, match="newer edition"):
        colleague.do(commands.see, made.profile_id, 1)
    colleague.do(commands.see, made.profile_id, 2)
    assert desk.ask(queries.profile, made.key).unseen == ""
    assert [state for _, state in tasks(desk)] == ["done", "done"]
    rows = select(ReceiptProfileEdition.seen_by).order_by(ReceiptProfileEdition.number)
    assert desk.ask(lambda ctx: ctx.session.scalars(rows).all()) == [None, colleague.officer.id]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (replace(FIXED, trailer=Trailer()), "The trailer isn't looked for any more."),
        (replace(FIXED, trailer=replace(FIXED.trailer, total_at=0)), "total isn't compared"),
        (replace(FIXED, trailer=replace(FIXED.trailer, count_at=0)), "number of lines isn't compared"),
        (replace(FIXED, decimals=0), "Amounts are read otherwise."),
        (replace(FIXED, clean_up=CleanUp(last=6)), "References are cleaned otherwise"),
        (replace(FIXED, code="RPY"), "under RPY, before under RBR"),
        (replace(FIXED, passed_over=("X",)), "Lines are passed over: X."),
    ],
)
def test_what_a_change_takes_more(now, told):
    [words] = widened(FIXED, now)
    assert told in words


def test_a_change_that_takes_no_more_is_not_told():
    assert widened(PLAIN, replace(PLAIN, trailer=Trailer("T", 2))) == ()
    assert widened(REAL, PLAIN) == ()


@pytest.mark.parametrize(
    ("layout", "field", "words"),
    [
        (replace(PLAIN, columns=PLAIN.columns[1:]), "columns", "no column for the reference"),
        (replace(PLAIN, columns=(*PLAIN.columns, PLAIN.columns[0])), "columns", "Two columns are both the reference"),
        (replace(PLAIN, date_format=""), "date_format", "Say how days are written"),
        (replace(PLAIN, code=""), "code", "under which code"),
        (replace(PLAIN, sign=SignForm.COLUMN), "minus_words", "which column has the sign"),
        (replace(PLAIN, codes=(("Cash", "RCO"),)), "codes", "no column for the kind"),
        (replace(PLAIN, code="DBR"), "code", "DBR isn't a code of receipts"),
        (replace(PLAIN, trailer=Trailer("", 2)), "trailer", "how the trailer begins"),
        (replace(FIXED, header_mark="T"), "trailer", "begin alike"),
        (replace(FIXED, columns=(ColumnAt(Field.REFERENCE, 2), *FIXED.columns[1:])), "columns", "how many it has"),
    ],
)
def test_a_profile_that_lacks_something_is_refused_beside_the_field(desk, layout, field, words):
    with pytest.raises(UserErrors) as error:
        kept(desk, layout)
    assert any(each.field == field and words in each.message for each in error.value.errors)


def test_columns_and_kinds_are_written_and_read_back():
    for each in SHIPPED:
        layout: Layout = each.layout
        text = wording.columns_text(layout.columns, layout.form)
        assert wording.columns_of(text, layout.form, headings=layout.headings) == layout.columns
        assert wording.kinds_of(wording.kinds_text(layout.codes, layout.passed_over)) == (
            layout.codes,
            layout.passed_over,
        )
    assert wording.kinds_of("Cash = rco\n\nNote = -") == ((("Cash", "RCO"),), ("Note",))
    assert wording.place_of("2, 6", Form.FIXED, "trailer") == (2, 6)
    assert wording.place_text(2, 6, Form.FIXED) == "2, 6"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Colour = 2", "There is no column 'Colour'"),
        ("Reference", "says nothing behind ="),
        ("Reference = two", "number of the column"),
    ],
)
def test_a_line_that_says_no_column_is_told(text, words):
    with pytest.raises(UserError, match=words):
        wording.columns_of(text, Form.DELIMITED, headings=False)


def test_a_profile_out_of_use_loads_nothing(desk):
    made = kept(desk, PLAIN)
    desk.do(commands.set_active, made.profile_id, desk.ask(queries.profile, made.key).version, active=False)
    with pytest.raises(UserError, match="out of use"):
        desk.ask(queries.profile, "Bank file")
    assert "Bank file" not in {each.name for each in desk.ask(queries.profiles)}
