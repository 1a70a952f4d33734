"""Every report of Bacs, read: its items, its identity, and what is refused of it (bacs.md 2)."""

from datetime import date

import pytest

from app.models.values import Money, ReportKind
from app.services.bacs.dto import ClaimedDebit, DayTotals, ReportTotals
from app.services.bacs.reports import read
from app.services.bacs.reports.reasons import REASONS, reason
from tests.services.bacs import report_samples as samples


@pytest.mark.parametrize("kind", samples.EVERY)
def test_each_is_known_by_what_it_holds(kind):
    found = read(samples.EVERY[kind], samples.SUN)
    assert (found.kind, found.sun, found.faults) == (kind, samples.SUN, ())
    assert found.key.startswith(f"{kind.value}:123456:")
    assert len(found.key) <= 120


@pytest.mark.parametrize("kind", samples.EVERY)
def test_the_same_report_fetched_again_is_known_again(kind):
    content = samples.EVERY[kind]
    again = content.replace(b"TUFERSBVUA==", b"QU5PVEhFUg==").replace(b"></", b">\r\n</")
    assert read(again).key == read(content).key
    old = content.replace(b"encoding='UTF-8'", b"encoding='ISO-8859-1'").replace(b"xmlns:xsi", b"xmlns:x")
    assert read(old.replace(b" xsi:no", b" x:no")).key == read(content).key


def test_another_report_of_the_same_day_and_numbers_is_another():
    keys = {
        read(content).key
        for content in (
            samples.addacs(samples.advice()),
            samples.addacs(samples.advice("RENT 2")),
            samples.addacs(samples.advice(reason="2")),
            samples.addacs(samples.advice(), header={"envelope_sequence_number": "00000003"}),
            samples.auddis_accepted("000042"),
            samples.auddis_accepted("000043"),
            samples.arudd(samples.returned(), number="000"),
            samples.arudd(samples.returned(pounds="66.00"), number="000"),
        )
    }
    assert len(keys) == 8


def test_what_an_addacs_tells():
    report = read(samples.addacs(samples.advice(reason="1"), samples.moved("RENT 00999999", sort_code="10-79-99")))
    cancelled, moved = report.items
    assert report.generated_on == date(2026, 11, 20)
    assert (cancelled.place, cancelled.reference, cancelled.reason_code) == (1, "RENT 00124471", "1")
    assert (cancelled.words, cancelled.effective_on) == ("Instruction cancelled by the payer", date(2026, 11, 20))
    assert (cancelled.payer_name, cancelled.last_two, cancelled.record_type) == ("A TENANT", "58", "A")
    assert (cancelled.destination.sort_code, cancelled.destination.account_number) == ("089999", "66374958")
    assert cancelled.new_destination is None
    assert (moved.reason_code, moved.words) == ("3", "Account transferred to another bank or building society")
    assert (moved.new_destination.sort_code, moved.new_destination.account_number) == ("107999", "88837491")
    assert "66374958" not in repr(report)
    assert "88837491" not in repr(report)


def test_an_account_that_changed_in_part_is_as_it_was_in_the_rest():
    """Another branch of the same bank (C) often gives the new sort code alone."""
    branch, amended, none = read(
        samples.addacs(
            samples.moved(reason="C", number=""),
            samples.moved(reason="E", sort_code="000000"),
            samples.moved(reason="E", sort_code="", number="00000000"),
        )
    ).items
    assert (branch.new_destination.sort_code, branch.new_destination.account_number) == ("107999", "66374958")
    assert (amended.new_destination.sort_code, amended.new_destination.account_number) == ("089999", "88837491")
    assert none.new_destination is None


def test_what_an_auddis_tells_of_instructions_and_of_files():
    returned = read(samples.auddis_returned(samples.advice(reason="I"), samples.advice(reason="L", record_type="D")))
    assert [(each.reason_code, each.words) for each in returned.items] == [
        ("I", "The reference is used already"),
        ("L", "The payer's account details are wrong"),
    ]
    accepted = read(samples.auddis_accepted("000042", 7))
    [file] = accepted.files
    assert (accepted.items, accepted.errors, accepted.serials) == ((), (), ("000042",))
    assert (file.accepted_instructions, file.rejected_instructions, file.error_code) == (7, 0, "")
    assert (file.processing_on, file.file_number, file.file_type) == (date(2026, 11, 24), "001", "LIVE")
    rejected = read(samples.auddis_rejected("000043", 3))
    assert (rejected.files[0].rejected_instructions, rejected.files[0].error_code) == (3, "30264")
    assert rejected.errors == ("User Status is TEST on Arrival Day",)


def test_what_an_arudd_tells_of_one_or_several_accounts():
    one = read(samples.arudd(samples.returned() + samples.totals(1, "65.00")))
    [item] = one.items
    assert (one.generated_on, one.totals) == (date(2026, 11, 19), ReportTotals(1, Money(6500)))
    assert (item.reason_code, item.raw_code, item.words) == ("0", "0128", "Refer to payer")
    assert (item.amount, item.transaction_code) == (Money(6500), "17")
    assert (item.original_processing_on, item.last_two) == (date(2026, 11, 17), "58")
    second = samples.returned("RENT 2", "B012", "1,060.50", payer={"number": ""}) + samples.returned(
        "RENT 3", "1012", "0.50"
    )
    two = read(samples.arudd(samples.returned() + samples.totals(1, "65.00"), second + samples.totals(2, "1061.00")))
    assert [(each.place, each.reference, each.reason_code, each.amount) for each in two.items] == [
        (1, "RENT 00124471", "0", Money(6500)),
        (2, "RENT 2", "B", Money(106050)),
        (3, "RENT 3", "1", Money(50)),
    ]
    assert two.totals == ReportTotals(3, Money(112600))  # 65.00 + 1,060.50 + 0.50 = 1,126.00
    assert read(samples.arudd()).items == ()


def test_the_payers_own_reference_stands_in():
    [item] = read(samples.arudd(samples.returned("", payer={"ref": "RENT 00124471"}))).items
    assert (item.reference, item.payer_reference) == ("RENT 00124471", "RENT 00124471")
    [both] = read(samples.arudd(samples.returned("X01-1", payer={"ref": "X01"}))).items
    assert (both.reference, both.payer_reference) == ("X01-1", "X01")


def test_what_a_claim_tells():
    report = read(
        samples.ddica(
            samples.claim(),
            samples.claim("", "5", "1,000.00", debits=(), SeqNo="2", PayingBankReference="MUB0002"),
            total="1,130.00",
            cancelled=(samples.claim("RENT 7", "4", "20.00", debits=(("2026-09-01", "20.00"),)),),
            cancelled_total="20.00",
        ),
        samples.SUN,
    )
    first, unnamed, cancelled = report.items
    assert (first.effective_on, first.amount, first.record_type) == (date(2026, 12, 10), Money(13000), "new")
    assert first.words == "The amount or date differs from the advance notice"
    assert first.debits == (
        ClaimedDebit(date(2026, 10, 19), Money(6500)),
        ClaimedDebit(date(2026, 11, 19), Money(6500)),
    )
    assert (unnamed.reference, unnamed.bank_reference, unnamed.last_two) == ("", "MUB0002", "58")
    assert (cancelled.record_type, cancelled.original_processing_on) == ("cancelled", date(2026, 9, 1))
    assert report.totals == ReportTotals(3, Money(115000))  # 130.00 + 1,000.00 + 20.00


def test_what_an_input_report_tells():
    report = read(samples.input_report((2, "130.00"), (1, "65.00"), errors=(samples.refused(),)), samples.SUN)
    [file] = report.files
    [account] = file.accounts
    assert (report.submission_reference, report.serials) == ("2026112301S000000001", ("000042",))
    assert (report.generated_on, file.processing_on) == (date(2026, 11, 23), date(2026, 11, 24))
    assert (account.last_two, account.debits.accepted) == ("90", ReportTotals(2, Money(13000)))
    assert account.debits.rejected == ReportTotals(1, Money(6500))
    assert account.debit_contras.accepted == ReportTotals(1, Money(13000))
    assert file.debits.trailer == file.debits.accepted == ReportTotals(2, Money(13000))
    assert file.days == (DayTotals(date(2026, 11, 24), ReportTotals(0, Money(0)), ReportTotals(2, Money(13000))),)
    [refused] = report.items
    assert (refused.reference, refused.amount, refused.raw_code, refused.words) == (
        "RENT 00124471",
        Money(6500),
        "REJECTED",
        "INVALID ACCOUNT",
    )
    assert "70872490" not in repr(report)


def test_files_of_others_that_a_bureau_sent_are_left_out():
    ours = samples.input_report(serial="000042").decode()
    file = ours[ours.index("<UserFile ") : ours.index("</Submission>")]
    both = ours.replace(file, file.replace(samples.SUN, "654321").replace("130.00", "999.00") + file)
    report = read(both.encode(), samples.SUN)
    assert [each.debits.accepted.amount for each in report.files] == [Money(13000)]
    assert [each.message for each in report.faults] == ["Files of other service users are left out: 654321."]


def test_what_a_withdrawal_tells():
    nobodys = (
        samples.withdrawal().replace(b'userNumber="123456"', b"").replace(b'bureauNumber=""', b'bureauNumber="B12345"')
    )
    assert (read(nobodys, samples.SUN).sun, read(nobodys, samples.SUN).faults) == ("", ())
    report = read(samples.withdrawal((2, "130.00")), samples.SUN)
    assert report.files[0].days == (DayTotals(None, ReportTotals(0, Money(0)), ReportTotals(2, Money(13000))),)


def test_every_code_of_the_reference_has_words():
    assert {kind: "".join(codes) for kind, codes in REASONS.items()} == {
        ReportKind.ADDACS: "0123BCDER",
        ReportKind.AUDDIS_RETURNED: "123567BCFGHIKLMNOPQ",
        ReportKind.AUDDIS_REJECTED: "123567BCFGHIKLMNOPQ",
        ReportKind.ARUDD: "0123456789AB",
        ReportKind.ARUCS: "0235BC",
        ReportKind.DDICA: "12345678",
    }
    assert reason(ReportKind.ARUDD, "Z", "Gone away") == "Gone away"
    assert reason(ReportKind.ARUDD, "Z") == "A reason that isn't known here (Z)"
    assert "put them right" in reason(ReportKind.AWACS, "0")
