"""Bank statements in every format, with the same four movements: 120.50 in, 20.00 out, 5.25 out, 300.00 in."""

from datetime import date

import pytest

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.reception_payments.bank import reading
from app.services.reception_payments.bank.dto import StatementFormat

MT940 = """{1:F01SAMPGB2LXXXX0000000000}{2:I940SAMPGB2LXXXXN}{4:
:20:STATEMENT
:25:09999966374958
:28C:325/1
:60F:C261119GBP1000,00
:61:2611201120C120,50NTRFREF123//BANK1
:86:RENT SAMPLE 900012345
:61:2611201120D20,NCHK000123
:86:CHEQUE RETURNED
:62M:C261120GBP1100,50
-}
{1:F01SAMPGB2LXXXX0000000000}{2:I940SAMPGB2LXXXXN}{4:
:20:STATEMENT
:25:09999966374958
:28C:325/2
:60M:C261120GBP1100,50
:61:2611201120RC5,25NMSCNONREF
:61:2611201121C300,NTRFTILL 7
:86:PAID IN
:62F:C261121GBP1395,25
-}
"""
BAI2 = """01,SENDER,COUNCIL,261120,0600,1,,,2/
02,COUNCIL,SENDER,1,261120,,GBP,2/
03,66374958,,010,100000,,,015,139525,,/
16,165,12050,V,261120,,BANK1,REF123,RENT SAMPLE 900012345/
16,555,2000,Z,,000123,CHEQUE RETURNED/
16,699,525,Z,,,/
16,174,30000,Z,,TILL 7,PAID IN/
49,284100,6/
98,284100,1,8/
99,284100,1,10/
"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>GB29NWBK60161331926819</IBAN></Id><Ccy>GBP</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">1395.25</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>
<Ntry><Amt Ccy="GBP">120.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-20</Dt></ValDt>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>REF123</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>SAMPLE A</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>RENT 900012345</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="GBP">25.25</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-11-20T09:00:00</DtTm></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId><TxId>000123</TxId></Refs><Amt Ccy="GBP">20.00</Amt></TxDtls><TxDtls><Amt Ccy="GBP">5.25</Amt></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="GBP">300.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>TILL 7</AcctSvcrRef></Ntry>
<Ntry><Amt Ccy="GBP">9.99</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2026-11-21</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""
CSV = """Date,Type,Description,Paid out,Paid in,Balance
20/11/2026,TFR,PAID IN,,300.00,1395.25
20/11/2026,CHG,,5.25,,1095.25
20/11/2026,CHQ,CHEQUE RETURNED,20.00,,1100.50
20/11/2026,BGC,RENT SAMPLE 900012345,,120.50,1120.50
"""
FILES = {
    StatementFormat.MT940: ("statement.sta", MT940),
    StatementFormat.BAI2: ("statement.bai2", BAI2),
    StatementFormat.CAMT053: ("statement.xml", CAMT),
    StatementFormat.CSV: ("statement.csv", CSV),
}
AMOUNTS = [120_50, -20_00, -5_25, 300_00]


def read(folder, text, name="statement.txt"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reading.read(path)


@pytest.mark.parametrize("kind", StatementFormat)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_each_format_says_the_same(tmp_path, kind, ends):
    name, text = FILES[kind]
    found = read(tmp_path, text.replace("\n", ends), name)
    (statement,) = found.statements
    assert (found.format, found.faults) == (kind, ())
    assert (statement.opening, statement.closing) == (Money(1000_00), Money(1395_25))
    assert [line.amount.pence for line in statement.lines] == AMOUNTS
    assert [line.number for line in statement.lines] == [1, 2, 3, 4]
    assert statement.lines[0].on == date(2026, 11, 20)
    assert "900012345" in statement.lines[0].narrative


@pytest.mark.parametrize("kind", StatementFormat)
def test_a_byte_order_mark_changes_nothing(tmp_path, kind):
    name, text = FILES[kind]
    found = read(tmp_path, b"\xef\xbb\xbf" + text.encode(), name)
    assert [line.amount.pence for line in found.lines] == AMOUNTS


def test_references_and_the_banks_own_words(tmp_path):
    lines = read(tmp_path, MT940).lines
    assert [line.reference for line in lines] == ["REF123", "000123", "", "TILL 7"]
    assert [line.kind for line in lines] == ["NTRF", "NCHK", "NMSC", "NTRF"]
    lines = read(tmp_path, CAMT).lines
    assert [line.reference for line in lines] == ["REF123", "000123", "", "TILL 7"]
    assert (lines[0].kind, lines[0].narrative) == ("PMNT-RCDT", "SAMPLE A RENT 900012345")
    lines = read(tmp_path, BAI2).lines
    assert [line.kind for line in lines] == ["165", "555", "699", "174"]
    assert lines[0].value_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "said"),
    [
        (StatementFormat.MT940, ":62F:C261121GBP1395,25", ":62F:C261121GBP1395,26", "£0.01 more than that"),
        (StatementFormat.MT940, ":60M:C261120GBP1100,50", ":60M:C261120GBP1100,51", "A page is missing"),
        (StatementFormat.CAMT053, ">1395.25<", ">1400.25<", "£5.00 more than that"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_said(tmp_path, kind, right, wrong, said):
    name, text = FILES[kind]
    assert said in " ".join(read(tmp_path, text.replace(right, wrong), name).faults)


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "said"),
    [
        (StatementFormat.MT940, "GBP", "EUR", "in EUR"),
        (StatementFormat.MT940, "C120,50N", "C120,505N", "can't be read"),
        (StatementFormat.MT940, ":61:2611201120D20,", ":61:20 NOV 20,", "can't be read"),
        (StatementFormat.BAI2, "GBP", "USD", "in USD"),
        (StatementFormat.BAI2, "49,284100,6/", "49,284100,7/", "doesn't agree with its own totals"),
        (StatementFormat.BAI2, "16,555,2000,", "16,555,20x0,", "can't be read"),
        (StatementFormat.CAMT053, 'Ccy="GBP">300.00', 'Ccy="EUR">300.00', "in EUR"),
        (StatementFormat.CAMT053, ">300.00<", ">300.001<", "no amount in pounds and pence"),
        (StatementFormat.CAMT053, "</Document>", "", "isn't whole"),
        (StatementFormat.CAMT053, "<Document", '<!DOCTYPE a [<!ENTITY b "c">]><Document', "what no statement holds"),
        (StatementFormat.CSV, "1100.50", "1100.51", "Row 4: the balance £1,100.51 doesn't follow"),
        (StatementFormat.CSV, "5.25,,", ",,", "no amount"),
        (StatementFormat.CSV, "20/11/2026,TFR", "31/02/2026,TFR", "31/02/2026"),
        (StatementFormat.CSV, "Date,Type", "Day of it,Type", "no sheet of bank statement"),
    ],
)  # fmt: skip
def test_a_spoilt_file_is_refused_in_words(tmp_path, kind, right, wrong, said):
    name, text = FILES[kind]
    assert right in text
    with pytest.raises(UserError) as refused:
        read(tmp_path, text.replace(right, wrong), name)
    assert said in str(refused.value)


def test_an_empty_file_and_none_are_refused(tmp_path):
    with pytest.raises(UserError, match="empty"):
        read(tmp_path, "\n\n")
    with pytest.raises(UserError, match="There is no file"):
        reading.read(tmp_path / "nothing.sta")


def test_two_accounts_of_a_file_stay_apart(tmp_path):
    second = MT940.replace("66374958", "12345678")
    found = read(tmp_path, MT940 + second)
    assert [len(each.lines) for each in found.statements] == [4, 4]
    assert [line.number for line in found.lines] == list(range(1, 9))
    assert not found.faults


def test_a_table_may_have_signed_amounts_and_no_balance(tmp_path):
    text = 'Transaction Date,Amount,Reference\n20/11/2026,"1,120.50",REF123\n21/11/2026,-20.00,\n'
    (statement,) = read(tmp_path, text, "statement.csv").statements
    assert [line.amount.pence for line in statement.lines] == [1120_50, -20_00]
    assert (statement.opening, statement.closing) == (None, None)
