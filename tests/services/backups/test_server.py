"""What is asked of a shared server about its own backups; compiled, not run on one."""

from sqlalchemy.dialects import mssql

from app.services.backups import server


def compiled(statement):
    return " ".join(str(statement.compile(dialect=mssql.dialect())).split())


def test_rights_are_asked_for_before_the_list_is_read():
    assert compiled(server.may_look()).startswith("SELECT has_perms_by_name(")
    asked = compiled(server.last_whole())
    assert "datediff(minute, max(" in asked
    assert "FROM msdb.dbo.backupset" in asked.replace("[", "").replace("]", "")
    assert "database_name = db_name()" in asked.replace("[", "").replace("]", "")
