"""Transaction codes, and the control account that each one posts against."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, Word
from app.models.values import CodeKind, ExplainGroup, Fund


class TransactionCode(Base):
    """A charge, receipt or adjustment code (rules.md 2.1), with the flags that the charge run reads."""

    __tablename__ = "transaction_code"

    code: Mapped[str] = mapped_column(Text_(8), primary_key=True)
    name: Mapped[str] = mapped_column(Text_(60))
    kind: Mapped[CodeKind] = mapped_column(Word(CodeKind))
    explain_group: Mapped[ExplainGroup] = mapped_column(Word(ExplainGroup))
    control: Mapped[str] = mapped_column(Text_(40))
    """Key of the control accounts (one a fund) that take the other side."""
    apportion: Mapped[bool] = mapped_column(default=True)
    """A part week is charged by the day; otherwise a started week is charged whole."""
    free_week: Mapped[bool] = mapped_column(default=True)
    """Not charged in a rent-free week."""
    vat: Mapped[bool] = mapped_column(default=False)
    """Standard-rated unless the letting is non-business (garages, HMRC VATGPB8345)."""
    charged_in_void: Mapped[bool] = mapped_column(default=False)
    hb_eligible: Mapped[bool] = mapped_column(default=False)
    allows_negative: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class PostingRule(Base):
    """Which control account a control key means in a fund."""

    __tablename__ = "posting_rule"

    control: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    fund: Mapped[Fund] = mapped_column(Word(Fund, 10), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
