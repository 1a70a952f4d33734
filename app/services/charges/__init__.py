"""The weekly charge run: what each account is charged, rehearsed and then posted."""
