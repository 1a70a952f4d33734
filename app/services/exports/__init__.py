"""Files that go out: workbooks, CSV, PDF tables, letters and statements. Only this package writes with reportlab.

Workbooks that are to be filled in and come back are made where they are read: `imports.templates`, `landlord_load`, batches.
"""
