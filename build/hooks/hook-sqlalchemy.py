"""The two engines that Rentbook runs on, and the drivers of the server."""

hiddenimports = [
    "sqlalchemy.dialects.mssql.mssqlpython",
    "sqlalchemy.dialects.mssql.pymssql",
    "sqlalchemy.dialects.mssql.pyodbc",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlalchemy.sql.default_comparator",
]
