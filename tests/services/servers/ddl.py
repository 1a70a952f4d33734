"""What a run of DDL for SQL Server comes to: the tables with their columns, constraints and indexes, as text to compare."""

import re

_TABLE = re.compile(r"CREATE TABLE (\S+) \((.*)\)", re.DOTALL)
_ADD = re.compile(r"ALTER TABLE (\S+) ADD (.+)", re.DOTALL)
_ALTER = re.compile(r"ALTER TABLE (\S+) ALTER COLUMN (\S+) (.+)")
_DROP = re.compile(r"ALTER TABLE (\S+) DROP (CONSTRAINT|COLUMN) (\S+)")
_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX (\S+) ON (\S+) (.+)", re.DOTALL)
_NO_INDEX = re.compile(r"DROP INDEX (\S+) ON (\S+)")
_DEFAULT = re.compile(r" DEFAULT (?:'[^']*'|\d+)")


class Schema:
    """Tables made, changed and dropped, as the statements say.

    Attributes:
        columns: for each table its columns, as type and whether they may be empty.
        constraints: for each table its constraints by name.
        indexes: for each table its indexes by name.
    """

    def __init__(self, statements=()):
        self.columns, self.constraints, self.indexes, self.triggers = {}, {}, {}, []
        for statement in statements:
            self.take(statement.strip().replace("[", "").replace("]", ""))

    def take(self, text):
        """Follow one statement."""
        if found := _TABLE.match(text):
            self._table(found[1], _parts(found[2]))
        elif found := _DROP.match(text):
            (self.constraints if found[2] == "CONSTRAINT" else self.columns)[found[1]].pop(found[3])
        elif found := _ALTER.match(text):
            self.columns[found[1]][found[2]] = _plain(found[3])
        elif found := _ADD.match(text):
            self._part(found[1], found[2])
        elif found := _INDEX.match(text):
            self.indexes[found[3]][found[2]] = _plain(f"{found[1] or ''}{found[4]}")
        elif found := _NO_INDEX.match(text):
            self.indexes[found[2]].pop(found[1])
        elif text.startswith("DROP TABLE "):
            for kept in (self.columns, self.constraints, self.indexes):
                kept.pop(text.split()[-1])
        elif text.startswith("CREATE TRIGGER "):
            self.triggers.append(text)

    def _table(self, name, parts):
        self.columns[name], self.constraints[name], self.indexes[name] = {}, {}, {}
        for part in parts:
            self._part(name, part)

    def _part(self, table, part):
        first, _, rest = part.strip().partition(" ")
        if first == "CONSTRAINT":
            name, _, what = rest.partition(" ")
            self.constraints[table][name] = _plain(what)
        else:
            self.columns[table][first] = _plain(_DEFAULT.sub("", rest))


def _plain(text):
    return " ".join(text.split())


def _parts(text):
    """What stands between the commas that no bracket or quotation holds."""
    depth, quoted, part = 0, False, ""
    for letter in text:
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quoted:
            yield part
            part = ""
        else:
            part += letter
    yield part
