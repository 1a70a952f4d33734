"""Any report of Bacs, read by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from app.services.bacs.dto import ReadReport
from app.services.bacs.reports.advices import read_advices
from app.services.bacs.reports.claims import read_claims
from app.services.bacs.reports.fields import first
from app.services.bacs.reports.identity import NOTHING
from app.services.bacs.reports.returned import read_returned
from app.services.bacs.reports.submissions import read_submission
from app.services.bacs.reports.xml import name_of, read_xml
from app.services.bacs.standard18.faults import Faults
from app.services.core.errors import UserError

_Reader = Callable[[Element, str, Faults], ReadReport]
_READERS: Final[Mapping[tuple[str, str], _Reader]] = {
    ("BACSDocument", "MessagingAdvices"): read_advices,
    ("BACSDocument", "ARUDD"): read_returned,
    ("BACSDocument", "ARUCS"): read_returned,
    ("BACSDocument", "InputReport"): read_submission,
    ("BACSDocument", "WithdrawalReport"): read_submission,
    ("VocaDocument", "Document"): read_claims,
}


def read(content: bytes, sun: str = "") -> ReadReport:
    """A report: ADDACS, AUDDIS, ARUDD, ARUCS, AWACS, DDICA, Input or Withdrawal.

    What of an item can't be read is a fault of the report, and the rest is right. `sun` is the Service User Number that the
    report should be of; any, if empty.

    Raises:
        UserError: it is no such report, is another council's, is spoilt or cut off, or a total isn't that of its items.
    """
    root = read_xml(content)
    if name_of(root) not in {kind for kind, _ in _READERS}:
        raise UserError(f"This is no report of Bacs: it begins with {name_of(root)[:40]}.", NOTHING)
    data = first(root, "Data")
    held = list(data) if data is not None else []
    for report in held:
        reader = _READERS.get((name_of(root), name_of(report)))
        if reader is not None:
            faults = Faults()
            found = reader(report, sun, faults)
            return replace(found, faults=faults.sorted())
    holds = name_of(held[0])[:40] if held else "nothing"
    raise UserError(f"This is no report of Bacs that is known here: it holds {holds}.", NOTHING)
