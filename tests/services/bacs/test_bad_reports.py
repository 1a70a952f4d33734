"""Reports that are spoilt, cut, re-encoded or another council's: refused whole, or faults of their items."""

import re
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.bacs.reports import read
from app.services.core.errors import UserError
from tests.services.bacs import report_samples as samples

ITEM_FAULTS = (
    (
        samples.addacs(samples.advice(), samples.advice(user_number="999999")),
        2,
        "999999; the report is of 123456. Left out",
    ),
    (samples.addacs(samples.advice(reason="")), 1, "reason code is missing"),
    (samples.addacs(samples.advice(reason="!")), 1, "is '!', which is no code"),
    (samples.addacs(samples.advice("")), 1, "no reference"),
    (samples.addacs(samples.advice("X" * 41)), 1, "has 41 characters"),
    (samples.addacs(samples.advice(effective_date="2026-02-30")), 1, "is no day"),
    (samples.addacs(samples.advice(effective_date="20/11/2026")), 1, "is no day"),
    (samples.addacs(samples.advice(effective_date="9999-12-31")), 1, "is no day"),
    (samples.addacs(samples.advice(payer_sort_code="0899")), 1, "no sort code and account number"),
    (samples.addacs(samples.advice(record_type="N")), 1, "type N, which this report doesn't hold"),
    (samples.arudd(samples.returned(pounds="12.345")), 1, "no amount in pounds"),
    (samples.arudd(samples.returned(pounds="-1.00")), 1, "no amount in pounds"),
    (samples.arudd(samples.returned(pounds="")), 1, "The amount is missing"),
    (samples.arudd(samples.returned(currency="EUR")), 1, "in EUR, not in pounds"),
    (samples.arudd(samples.returned(), sun=""), 0, "names no Service User Number"),
    (samples.ddica(samples.claim(debits=(("soon", "1.00"),))), 1, "'soon' in the field DateOfDirectDebit"),
    (samples.auddis_accepted(accepted="many"), 1, "no number"),
)


@pytest.mark.parametrize(("content", "place", "words"), ITEM_FAULTS, ids=[words for *_, words in ITEM_FAULTS])
def test_what_of_an_item_cannot_be_read_is_its_fault_and_the_rest_is_right(content, place, words):
    found = read(content, samples.SUN)
    [fault] = found.faults
    assert (fault.line, words in fault.message) == (place, True), fault
    assert "0899" not in fault.message
    assert found.items or found.files


REFUSED = (
    (samples.arudd(samples.returned(), sun="999999"), "999999; this council's is 123456"),
    (samples.addacs(samples.advice(), header={"user_number": "999999"}), "999999; this council's is 123456"),
    (samples.ddica(samples.claim(), sun="999999"), "999999; this council's is 123456"),
    (samples.input_report(sun="999999"), "999999; this council's is 123456"),
    (samples.arudd(samples.returned() + samples.totals(2, "65.00")), "says 2 returned debits of £65.00, but holds 1 of £65.00"),
    (samples.arudd(samples.returned() + samples.totals(1, "66.00")), "says 1 returned debits of £66.00"),
    (samples.ddica(samples.claim(), total="1.00"), "says claims of £1.00, but holds 1 of £130.00"),
    (samples.addacs(header={"report_type": "7003"}), "ADDACS and 7003, which are two different ones"),
    (samples.addacs(header={"report_type": "9", "advice_type": "NEWS"}), "calls itself 'NEWS'"),
    (samples.document("<MessagingAdvices/>"), "has no header"),
    (samples.document("<HOLIDAYS/>"), "holds HOLIDAYS"),
    (samples.document("<ARUDD/>", root="VocaDocument"), "holds ARUDD"),
    (samples.document("", root="Invoice"), "begins with Invoice"),
    (samples.addacs(samples.advice())[:-30], "no whole XML: it is cut off at line 2"),
    (samples.addacs(samples.advice())[:400], "no whole XML"),
    (samples.addacs(samples.advice(payer_name="ZOË"), encoding="ISO-8859-1").replace(b"ISO-8859-1", b"UTF-8"), "line 2 is spoilt, perhaps because"),
    (samples.addacs(samples.advice()).decode().encode("utf-16"), "no whole XML: its encoding is another than it says"),
    (samples.addacs(encoding="ascii").replace(b"'ascii'", b"'utf-7'"), "its encoding is another than it says"),
    (b"VOL1000042", "no whole XML: it is another kind of file"),
    (b"<BACSDocument><Data></Data></BACSDocument>", "holds nothing"),
    (b'<!DOCTYPE x [<!ENTITY a "b">]><BACSDocument>&a;</BACSDocument>', "document type or entities"),
    (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><BACSDocument/>', "document type or entities"),
    (b"<a>" * 100_000, "nested or long"),
)  # fmt: skip


@pytest.mark.parametrize(("content", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_is_refused_whole(content, words):
    with pytest.raises(UserError, match=re.escape(words)):
        read(content, samples.SUN)


def test_names_in_either_encoding():
    for encoding in ("UTF-8", "ISO-8859-1"):
        [item] = read(samples.addacs(samples.advice(payer_name="ZOË MÜLLER"), encoding=encoding)).items
        assert item.payer_name == "ZOË MÜLLER"


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "replace", "swap", "repeat"]),
        st.integers(0, 2_000),
        st.integers(0, 200),
        st.binary(max_size=8),
    ),
    min_size=1,
    max_size=4,
)


@given(st.sampled_from(list(samples.EVERY)), CHANGES)
def test_a_spoilt_report_is_read_or_refused_and_nothing_else(kind, changes):
    content = samples.EVERY[kind]
    for how, place, length, put in changes:
        at = place % (len(content) + 1)
        part = content[at : at + length]
        rest = content[at + length :]
        between = {"cut": b"", "replace": put, "swap": part[::-1], "repeat": part + part}[how]
        content = content[:at] + between + rest
    try:
        found = read(content, samples.SUN)
    except UserError:
        return
    assert len(found.key) <= 120
    assert all(len(item.reference) <= 40 and len(item.raw_code) <= 10 for item in found.items)


VALUES = st.one_of(
    st.sampled_from(["", "0", "-1", "²", "٣", "1e5", "9" * 30, "2026-13-01", "NaN", "🏦", " ", "A" * 500]),
    st.text(max_size=12),
)


@given(st.sampled_from(list(samples.EVERY)), st.integers(0, 200), VALUES)
def test_any_value_in_any_field_is_read_or_refused(kind, at, value):
    fields = list(re.finditer(rb'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)', samples.EVERY[kind]))
    place = fields[at % len(fields)]
    put = escape(value, {'"': "&quot;"}).encode("utf-8", "ignore")
    content = samples.EVERY[kind][: place.start()] + put + samples.EVERY[kind][place.end() :]
    try:
        read(content, samples.SUN)
    except UserError:
        return
