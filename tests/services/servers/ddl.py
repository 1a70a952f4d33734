"""What a run of DDL for SQL Server comes to, as text to compare; what a server would refuse on the way is refused here."""

import re

_TABLE = re.compile(r"CREATE TABLE (\S+) \((.*)\)", re.DOTALL)
_ADD = re.compile(r"ALTER TABLE (\S+) ADD (.+)", re.DOTALL)
_ALTER = re.compile(r"ALTER TABLE (\S+) ALTER COLUMN (\S+) (.+)")
_DROP = re.compile(r"ALTER TABLE (\S+) DROP (CONSTRAINT|COLUMN) (\S+)")
_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX (\S+) ON (\S+) (.+)", re.DOTALL)
_NO_INDEX = re.compile(r"DROP INDEX (\S+) ON (\S+)")
_DEFAULT = re.compile(r" DEFAULT (?:N?'[^']*'|\(?-?\d+\)?|\w+\(\))")
_TRIGGER = re.compile(r"CREATE TRIGGER (\S+) ON (\S+) (AFTER|INSTEAD OF) ([A-Z, ]+?) AS\b")
_POINTS = re.compile(r"FOREIGN KEY\(([^)]+)\) REFERENCES (\S+) \(([^)]+)\)")


class Schema:
    """Tables made, changed and dropped, as the statements say.

    Attributes:
        columns: for each table its columns, as type and whether they may be empty.
        defaults: the columns, as (table, column), that a default constraint holds.
        constraints: for each table its constraints by name.
        indexes: for each table its indexes by name.
        triggers: for each trigger its table, AFTER or INSTEAD OF, and the actions.
    """

    def __init__(self, statements=()):
        self.columns, self.constraints, self.indexes, self.triggers = {}, {}, {}, {}
        self.defaults = set()
        for statement in statements:
            self.take(statement.strip().replace("[", "").replace("]", ""))

    def take(self, text):
        """Follow one statement."""
        if found := _TABLE.match(text):
            self.columns[found[1]], self.constraints[found[1]], self.indexes[found[1]] = {}, {}, {}
            for part in parts(found[2]):
                self._part(found[1], part)
        elif found := _DROP.match(text):
            self._drop(found[1], found[2], found[3])
        elif found := _ALTER.match(text):
            self._refuse_held(found[1], found[2])
            self.columns[found[1]][found[2]] = _plain(found[3])
        elif found := _ADD.match(text):
            assert "NOT NULL" not in text or " DEFAULT " in text, f"4901: rows that are there have no value: {text}"
            self._part(found[1], found[2])
        elif found := _INDEX.match(text):
            self.indexes[found[3]][found[2]] = _plain(f"{found[1] or ''}{found[4]}").replace("N'", "'")
        elif found := _NO_INDEX.match(text):
            self.indexes[found[2]].pop(found[1])
        elif text.startswith("DROP TABLE "):
            self._drop_table(text.split()[-1])
        elif found := _TRIGGER.match(text):
            self.triggers[found[1]] = (found[2], found[3], frozenset(found[4].replace(" ", "").split(",")))

    def _drop(self, table, kind, name):
        if kind == "COLUMN":
            self._refuse_held(table, name)
            assert (table, name) not in self.defaults, f"5074: a default holds {table}.{name}"
        (self.constraints if kind == "CONSTRAINT" else self.columns)[table].pop(name)

    def _drop_table(self, name):
        points = [(table, text) for table, kept in self.constraints.items() for text in kept.values() if table != name]
        assert not [each for each in points if f"REFERENCES {name} (" in each[1]], f"3726: others point to {name}"
        for kept in (self.columns, self.constraints, self.indexes):
            kept.pop(name)
        self.defaults = {each for each in self.defaults if each[0] != name}

    def _refuse_held(self, table, column):
        texts = [*self.constraints[table].values(), *self.indexes[table].values()]
        held = [text for text in texts if re.search(rf"\b{column}\b", text)]
        assert not held, f"5074: {table}.{column} is held by {held}"

    def _part(self, table, part):
        first, _, rest = part.strip().partition(" ")
        if first == "CONSTRAINT":
            name, _, what = rest.partition(" ")
            if what.startswith("DEFAULT "):
                self.defaults.add((table, what.split()[-1]))
            else:
                self.constraints[table][name] = _plain(what)
            return
        if " DEFAULT " in rest:
            self.defaults.add((table, first))
        self.columns[table][first] = _plain(_DEFAULT.sub("", rest))

    def keys(self, table):
        """The columns of the primary key, and of each other unique key."""
        texts = self.constraints[table].values()
        primary = [columns(text) for text in texts if text.startswith("PRIMARY KEY")]
        others = [columns(text) for text in texts if text.startswith("UNIQUE")]
        return primary[0] if primary else (), others

    def pointers(self):
        """Every foreign key: its table, its columns, the other table and the columns there."""
        for table, kept in self.constraints.items():
            for text in kept.values():
                if found := _POINTS.match(text):
                    yield table, tuple(found[1].split(", ")), found[2], tuple(found[3].split(", "))


def columns(text):
    """The columns in the first brackets of a key or an index."""
    return tuple(each.split()[0] for each in re.search(r"\(([^)]*)\)", text)[1].split(", "))


def parts(text):
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


def _plain(text):
    return " ".join(text.split())
