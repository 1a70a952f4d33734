"""What every service stands on: context, session, errors, audit, permissions, clock, calendars, policy."""
