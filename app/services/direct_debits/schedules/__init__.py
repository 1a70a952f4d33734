"""Schedules: how an instalment is worked out, and the collections that it plans."""
