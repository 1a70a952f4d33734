"""The base of every table, and column types that mean the same on SQLite and SQL Server."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Index, Integer, MetaData, Unicode
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.compiler import DDLCompiler, SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)

_WHERE: Final = "where"
NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base; its metadata names every constraint, so that migrations can."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept as UTC without a zone to the microsecond and always handed out with one.

    Raises:
        ValueError: a moment without a time zone is written.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """DATETIME2(6) on SQL Server, the plain type elsewhere."""
        if dialect.name != "mssql":
            return dialect.type_descriptor(DateTime())
        from sqlalchemy.dialects.mssql import DATETIME2

        return dialect.type_descriptor(DATETIME2(6))  # type: ignore[no-untyped-call]

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Strip the zone after moving to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


def Text_(length: int) -> Unicode:  # noqa: N802  reads as a type where columns are declared
    """Text that holds any script on both engines (NVARCHAR on SQL Server), up to `length` characters."""
    return Unicode(length)


LongText: Final = Unicode().with_variant(Unicode(4000), "mssql")
Id: Final = BigInteger().with_variant(Integer(), "sqlite")
Pence: Final = BigInteger()


class Word(TypeDecorator[E]):
    """One of a fixed list of words, kept as Unicode text."""

    impl = Unicode
    cache_ok = True

    def __init__(self, words: type[E], length: int = 20) -> None:
        super().__init__(length)
        self.words = words
        self._known = {word.value: word for word in words}

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        """Write the word; an unknown one raises ValueError."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Read the word back as its enum member; a long list asks for many thousands."""
        if value is None:
            return None
        found = self._known.get(value)
        return self.words(value) if found is None else found


def unique_where(name: str, *columns: str, where: ColumnElement[bool]) -> Index:
    """A unique index over the rows that fit, on both engines.

    SQL Server is told of the condition when its index is made: an index that names an engine loads all of that engine's
    part of SQLAlchemy, and every start of the window would wait for it.
    """
    return Index(name, *columns, unique=True, sqlite_where=where, info={_WHERE: where})


@compiles(CreateIndex, "mssql")
def _with_condition(create: CreateIndex, compiler: DDLCompiler, **named: Any) -> str:
    index: Index = create.element
    if _WHERE in index.info:
        index.dialect_options["mssql"]["where"] = index.info[_WHERE]
    text: str = compiler.visit_create_index(create, **named)  # type: ignore[no-untyped-call]
    return text


class current_login(FunctionElement[str]):  # noqa: N801  reads as a function of the database
    """The login that a session began with, which no EXECUTE AS changes; a SQLite file knows none.

    A table with this default is made with `implicit_returning=False`: SQL Server refuses OUTPUT where a trigger stands.
    """

    inherit_cache = True
    type = Unicode(128)


@compiles(current_login, "mssql")
def _login(_element: current_login, _compiler: SQLCompiler, **_named: Any) -> str:
    return "ORIGINAL_LOGIN()"


@compiles(current_login)
def _no_login(_element: current_login, _compiler: SQLCompiler, **_named: Any) -> str:
    return "''"


class Versioned:
    """A row that two officers may have open: an update against an old version is refused."""

    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Tell the mapper which column counts the versions."""
        return {"version_id_col": cls.version}
