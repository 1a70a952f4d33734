"""The words by which lines of the bank are known: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.reception_payments.bank import commands, queries
from app.services.reception_payments.bank.shown import RuleForm, RuleRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.reception_payments.bank_sheets import RuleSheet
from app.views.reception_payments.bank_tables import RULES

_ABOUT = "By these words a line of the bank is proposed to be money of another service, or of one channel. An officer takes it."


class BankRulesController(KeptDesk[RuleRow]):
    """Joins the section of the rules to the services."""

    asks = staticmethod(queries.rules)
    keeps = staticmethod(commands.keep_rule)
    needs = Permission.KEEP_RECEPTION
    about = _ABOUT
    told = "The rule is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[RuleRow] = RegisterPage(
            "Bank rules",
            RULES,
            stretch="words",
            choices=(),
            placeholder="A word of the rule",
            noun=("rule", "rules"),
            empty="No rule has these words. Ctrl+N makes one.",
            key=lambda row: row.rule_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page)

    def rows(self, found: RuleForm) -> tuple[RuleRow, ...]:
        """Every rule."""
        return found.rows

    def words(self, row: RuleRow) -> str:
        """Its words, and what it is of."""
        return f"{row.words} {row.channel_title}"

    def make(self, found: RuleForm, row: RuleRow | None) -> RuleSheet:
        """The sheet."""
        return RuleSheet(self.page, found, row)
