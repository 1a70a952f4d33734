"""Charges: what each account is charged, rehearsed and posted by the week; its elements, changes of many, and their notice."""
