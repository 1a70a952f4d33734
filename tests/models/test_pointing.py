"""A program that reads only what it needs still knows every table that a row it writes points to.

The window and the command line read a module of models when it is first used; a foreign key to a table of a module that wasn't
read would fail when a row is saved, and in no test, since tests know every table.
"""

import ast
from pathlib import Path

import app.models

FOLDER = Path(app.models.__file__).parent
TREES = {
    path.stem: ast.parse(path.read_text("utf-8"))
    for path in FOLDER.glob("*.py")
    if path.stem not in {"__init__", "db", "tables"}
}


def tables(tree):
    """The names of the tables that a module makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(getattr(each, "id", "") == "__tablename__" for each in node.targets):
            yield node.value.value


def pointed_to(tree):
    """The tables that a module's foreign keys name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ForeignKey":
            yield node.args[0].value.partition(".")[0]


def read(tree):
    """The modules of models that a module reads."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "app.models":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.models."):
            yield node.module.split(".")[2]


def test_each_module_of_models_reads_those_that_its_rows_point_to():
    home = {table: module for module, tree in TREES.items() for table in tables(tree)}
    missing = {
        module: sorted(needed)
        for module, tree in TREES.items()
        if (needed := {home[table] for table in pointed_to(tree)} - {module} - set(read(tree)))
    }
    assert missing == {}
