"""Numbers of suppliers by their check digits, and which names are suspected to be one."""

from datetime import date

import pytest

from app.models.values import CisStatus
from app.services.purchase_orders.suppliers.rules import (
    Marks,
    alike,
    cis_fault,
    cis_reference,
    company_number,
    vat_number,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # 8x1 + 7x2 + 6x3 + 5x4 + 4x5 + 3x6 + 2x7 = 112; 112 + 82 = 194 = 2 x 97.
        ("GB 123 4567 82", "123456782"),
        # The same weights with 55 added: 112 + 55 + 27 = 194.
        ("123456727", "123456727"),
        ("GB123456782001", "123456782001"),
        ("gd 123", "GD123"),
        ("HA599", "HA599"),
        ("", ""),
    ],
)
def test_a_vat_number_is_kept_without_its_signs(typed, kept):
    assert vat_number(typed) == kept


@pytest.mark.parametrize("typed", ["123456789", "12345678", "GD500", "HA499", "1234S6782", "¹23456782"])
def test_a_vat_number_that_fails_is_refused_in_words(typed):
    with pytest.raises(ValueError, match="VAT number"):
        vat_number(typed)


@pytest.mark.parametrize("good", ["123456782", "123456727"])
def test_two_neighbours_swapped_never_pass(good):
    """By 97 a swap of neighbours is off by their difference, which is no multiple of 97, nor 55 off one."""
    for at in range(6):
        swapped = good[:at] + good[at + 1] + good[at] + good[at + 2 :]
        with pytest.raises(ValueError, match="check digits"):
            vat_number(swapped)


@pytest.mark.parametrize(
    ("typed", "kept"), [("1234567", "01234567"), ("sc 123456", "SC123456"), ("IP12345R", "IP12345R")]
)
def test_a_company_number_is_filled_up(typed, kept):
    assert company_number(typed) == kept


def test_a_company_number_of_another_form_is_refused():
    with pytest.raises(ValueError, match="eight digits"):
        company_number("123456789")


@pytest.mark.parametrize(
    ("status", "reference", "on", "field"),
    [
        (CisStatus.REGISTERED, "", TODAY, "cis_reference"),
        (CisStatus.GROSS, "V1234567890", None, "cis_verified_on"),
        (CisStatus.GROSS, "V1234567890", date(2026, 11, 22), "cis_verified_on"),
        (CisStatus.REGISTERED, "V1234567890", TODAY, ""),
        (CisStatus.UNREGISTERED, "", None, ""),
        (CisStatus.OUTSIDE, "", None, ""),
    ],
)
def test_a_registered_subcontractor_needs_its_verification(status, reference, on, field):
    assert cis_fault(status, reference, on, TODAY)[0] == field


def test_letters_of_a_verification_number_stand_behind_a_stroke():
    assert [cis_reference(each) for each in ("v123 4567890", "V1234567890AB", "V1234567890/A")] == [
        "V1234567890",
        "V1234567890/AB",
        "V1234567890/A",
    ]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Marks("sample paint"), Marks("sample paint"), ("the same name",)),
        (Marks("sample paint"), Marks("sample paints"), ("a name that is near",)),
        (Marks("sample paint"), Marks("sample paint and paper supplies"), ("a name that is near",)),
        (Marks("sample paint"), Marks("simple print"), ()),
        (Marks("sample"), Marks("sample roofing"), ()),
        (Marks("sample", "paintworks"), Marks("paintworks"), ("the same name",)),
        (
            Marks("sample", vat_number="123456782", postcode_key="AT11AA"),
            Marks("other", vat_number="123456782", postcode_key="AT11AA"),
            ("the same VAT number", "the same postcode"),
        ),
        (Marks("sample", company_number=""), Marks("other", company_number=""), ()),
    ],
)
def test_why_two_records_may_be_of_one_supplier(one, other, why):
    assert alike(one, other) == alike(other, one) == why
