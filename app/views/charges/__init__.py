"""The weekly charge: rehearsed, looked at, posted."""
