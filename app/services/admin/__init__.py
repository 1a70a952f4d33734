"""The administration of the office: officers, roles, limits, policy, calendars, teams, reviews."""
