"""Credits that came back: a made-up report in the shape of ARUDD, with credits in the place of debits."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money
from app.services.bacs.dto import ReturnedCredit
from app.services.bacs.reports import xml
from app.services.bacs.reports.arucs import read_arucs
from app.services.core.errors import UserError

ITEM = """
      <ReturnedCreditItem ref="RENT 00124471" transCode="99" returnCode="B128" returnDescription="ACCOUNT CLOSED"
          originalProcessingDate="2026-11-24" valueOf="123.45" currency="GBP">
        <PayeeAccount number="12345678" ref="RENT 00124471" name="A TENANT" sortCode="20-00-00" bankName="MADE-UP BANK"/>
      </ReturnedCreditItem>
"""
OTHER = """
      <ReturnedCreditItem ref="REFUND 2" transCode="99" returnCode="5012" originalProcessingDate="2026-11-24"
          valueOf="0.55" currency="GBP"/>
"""


def report(*records, sun="123456", name="ARUCS", root="BACSDocument"):
    parts = "".join(
        f"<OriginatingAccountRecord><OriginatingAccount/>{each}</OriginatingAccountRecord>" for each in records
    )
    return f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<{root} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="newbacs-reports.xsd">
  <Data><{name}>
    <Header reportType="REFT1020" adviceNumber="7" currentProcessingDate="2026-11-26"/>
    <AddresseeInformation name="ANYTOWN"/>
    <ServiceLicenseInformation userName="ANYTOWN" userNumber="{sun}"/>
    <Advice><OriginatingAccountRecords>{parts}</OriginatingAccountRecords></Advice>
  </{name}></Data>
  <SignatureMethod>Vanilla</SignatureMethod><Signature>AAAA</Signature>
</{root}>""".encode("latin-1")


def totals(number, value):
    return f'<Totals numberOf="{number}" valueOf="{value}" currency="GBP"/>'


def test_every_account_and_every_item_is_read():
    found = read_arucs(report(ITEM + totals(1, "123.45"), OTHER + ITEM + totals(2, "124.00")), "123456")
    assert len(found) == 3
    assert found[0] == ReturnedCredit(
        reference="RENT 00124471",
        amount=Money(12345),
        code="B",
        words="The account is closed",
        returned_on=date(2026, 11, 26),
        paid_on=date(2026, 11, 24),
        name="A TENANT",
        last_two="78",
    )
    assert (found[1].reference, found[1].code, found[1].amount, found[1].last_two) == ("REFUND 2", "5", Money(55), "")


def test_an_empty_report_has_nothing_and_an_unknown_reason_is_said_as_the_bank_does():
    assert read_arucs(report()) == ()
    odd = ITEM.replace("B128", "X128").replace("ACCOUNT CLOSED", "GONE AWAY")
    assert read_arucs(report(odd))[0].words == "Gone away"
    assert "isn't known here (X)" in read_arucs(report(OTHER.replace("5012", "X012")))[0].words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (report(name="ARUDD"), "it is ARUDD"),
        (report(ITEM, root="VocaDocument"), "holds ARUCS"),
        (report(ITEM, sun="999999"), "999999; this council's is 123456"),
        (report(ITEM + totals(2, "123.45")), "says 2 returned credits of £123.45, but holds 1 of £123.45"),
        (report(ITEM + totals(1, "123.46")), "says 1 returned credits of £123.46"),
        (report(ITEM.replace("123.45", "123.456")), "no amount"),
        (report(ITEM.replace("123.45", "-1.00")), "no amount"),
        (report(ITEM.replace("123.45", "NaN")), "no amount"),
        (report(ITEM.replace("GBP", "EUR")), "in EUR"),
        (report(ITEM.replace("B128", " ")), "Credit 1 of the report: The reason code is missing"),
        (report(ITEM.replace("2026-11-24", "2026-02-30")), "no day"),
        (report(ITEM.replace("2026-11-24", "24/11/2026")), "no day"),
        (report(ITEM)[:-40], "no whole XML"),
        (b"", "no whole XML"),
        (b"PK\x03\x04", "no whole XML"),
        (b"<BACSDocument/>", "holds nothing"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><BACSDocument>&a;</BACSDocument>', "document type or entities"),
        (b"<a>" * 100_000, "nested or long"),
        (b" " * (32 * 1024 * 1024 + 1), "over 32 MB"),
    ],
    ids=range(19),
)
def test_what_is_no_such_report_is_refused_whole(content, words):
    with pytest.raises(UserError, match=re.escape(words)):
        read_arucs(content, "123456")


def test_a_report_of_endless_elements_is_stopped(monkeypatch):
    monkeypatch.setattr(xml, "_MOST_ELEMENTS", 1_000)
    with pytest.raises(UserError, match="nested or long"):
        read_arucs(b"<a>" + b"<b/>" * 1_001)


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_else(content):
    with pytest.raises(UserError):
        read_arucs(content)
