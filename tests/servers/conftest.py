"""Tests of a real SQL Server: collected only where RENTBOOK_TEST_DB_URL names one, by a login that may make logins."""

from tests.elsewhere import URL

collect_ignore_glob = [] if URL.startswith("mssql") else ["test_*.py"]
