from datetime import date

from app.models.values import AccountKind
from app.services.statements import rules
from app.services.statements.dto import RunRequest, Variant, Which


def test_a_request_is_read_back_as_it_was_kept():
    request = RunRequest(
        date(2026, 4, 6),
        date(2026, 7, 5),
        rent_groups=frozenset({"GEN"}),
        areas=frozenset({"North"}),
        accounts=Which.ARREARS,
        kinds=frozenset({AccountKind.RENT}),
        variant=Variant.LARGE_PRINT,
    )
    assert rules.request_from(rules.request_json(request)) == request
    assert rules.request_from(rules.request_json(RunRequest(date(2026, 4, 6), date(2026, 7, 5)))).variant is None
