import pytest

from app.models.values import EndReason, PaymentMethod
from app.services.imports import mapping
from app.services.imports.dto import Column, Kind, Layout, Names
from app.services.imports.mapping import choices
from app.services.imports.values import read_choice

TENANCIES = Layout(
    "Tenancies",
    (
        Column("tenancy_ref", Kind.CODE, required=True, synonyms=("rent account",)),
        Column("start_date", Kind.DATE, required=True, synonyms=("start",)),
        Column("post_code"),
    ),
    synonyms=("lettings",),
)
PEOPLE = Layout("People", (Column("person_ref", Kind.CODE, required=True), Column("last_name", required=True)))
LAYOUTS = (TENANCIES, PEOPLE)


@pytest.mark.parametrize(
    "name",
    ["Tenancies", "tenancies ", "TENANCIES", "2_Tenancies (Nov 2026)", "Tenancies 2", "Lettings", "all tenancies"],
)
def test_sheets_are_known_by_loose_names(name):
    assert mapping.layout_named(name, LAYOUTS, Names()) is TENANCIES


def test_a_sheet_may_be_mapped_and_an_unknown_one_is_none():
    assert mapping.layout_named("Book1", LAYOUTS, Names(sheets={"Book1": "people"})) is PEOPLE
    assert mapping.layout_named("Book1", LAYOUTS, Names()) is None


def test_a_sheet_is_known_by_its_headings():
    rows = [(1, ("List",)), (3, ("Person Ref", "Last Name"))]
    assert mapping.layout_headed(rows, LAYOUTS, Names()) is PEOPLE
    assert mapping.layout_headed([(1, ("a", "b"))], LAYOUTS, Names()) is None


def test_headings_match_whatever_their_case_spaces_and_marks():
    rows = [(1, ("Rent accounts at 15 Nov", None)), (3, ("Post Code", "TENANCY REF.", "Start (dd/mm/yyyy)", "Notes"))]
    header = mapping.find_header(rows, TENANCIES, Names())
    assert (header.row, header.places, header.unknown) == (
        3,
        {"post_code": 0, "tenancy_ref": 1, "start_date": 2},
        {3: "Notes"},
    )


def test_a_heading_may_be_mapped():
    names = Names(columns={"tenancies": {"Our No": "tenancy_ref"}})
    header = mapping.find_header([(1, ("our no", "start"))], TENANCIES, names)
    assert header.places == {"tenancy_ref": 0, "start_date": 1}


def test_our_own_name_goes_before_a_synonym():
    header = mapping.find_header([(1, ("rent account", "tenancy_ref", "start"))], TENANCIES, Names())
    assert header.places["tenancy_ref"] == 1
    assert header.unknown == {0: "rent account"}
    assert not header.twice


def test_a_heading_that_could_mean_two_columns_means_the_one_that_has_no_other():
    layout = Layout(
        "T", (Column("tenancy_ref", synonyms=("account no", "ref")), Column("payment_ref", synonyms=("account no",)))
    )
    for row, places in (
        (("account no", "x"), {"tenancy_ref": 0}),
        (("account no", "ref"), {"payment_ref": 0, "tenancy_ref": 1}),
        (("account no", "tenancy_ref"), {"payment_ref": 0, "tenancy_ref": 1}),
    ):
        assert mapping._header(1, row, mapping.headings(layout, Names())).places == places


def test_missing_and_doubled_columns_are_told():
    header = mapping.find_header([(4, ("Tenancy Ref", "tenancy_ref", "Start dte", "post code"))], TENANCIES, Names())
    problems = mapping.header_problems(TENANCIES, header)
    assert [(problem.row, problem.column) for problem in problems] == [(4, "tenancy_ref"), (4, "start_date")]
    assert "'Tenancy Ref' and 'tenancy_ref' both mean tenancy_ref" in problems[0].message
    assert "There is no column start_date. Is it 'Start dte'? Then rename it." in problems[1].message


def test_one_known_heading_is_not_a_row_of_headings():
    assert mapping.find_header([(1, ("start", "of", "something"))], TENANCIES, Names()) is None


def test_a_fixed_word_is_taken_as_it_is_kept_with_spaces_or_as_officers_call_it():
    words = choices({EndReason.TENANT_NOTICE: "Tenant's notice", EndReason.DEATH: "Death of the tenant"})
    for said in ("tenant_notice", "Tenant notice", "TENANT'S NOTICE"):
        assert read_choice(said, words) == "tenant_notice"
    assert read_choice("death", words) == "death"
    assert read_choice("direct debit", choices(PaymentMethod)) == "direct_debit"
