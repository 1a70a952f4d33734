"""The check of the database finds what isn't as a file of receipts says."""

import pytest
from sqlalchemy import text

from app.services.ledger import checks
from tests.services.reception_payments.files.made import HEAD, load


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ("UPDATE receipt_file_line SET pence = 1001 WHERE place = 2", "come to £11.01, its journals to £11.00"),
        ("UPDATE receipt_file_journal SET journal = journal + 98", "journal 99, which isn't there"),
        ("DELETE FROM suspense_item", "Line 3 of receipt file 1 isn't in suspense"),
        ("UPDATE receipt_file SET waiting = 1", "doesn't have the lines that it says it has"),
    ],
)
def test_what_is_not_as_the_file_says_is_told(desk, reception, bank_file, tmp_path, spoilt, told):
    load(desk, tmp_path, HEAD + "700001,10.00,16/11/2026,,\n99,1.00,16/11/2026,,\n")
    assert desk.ask(checks.check) == ()
    desk.do(lambda ctx: ctx.session.execute(text(spoilt)) and None)
    assert told in " ".join(each.message for each in desk.ask(checks.check))
