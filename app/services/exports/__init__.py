"""Files that go out: workbooks, CSV, PDF tables and statements. Only this package writes with openpyxl and reportlab."""
