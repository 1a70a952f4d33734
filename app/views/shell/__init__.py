"""The window: tabs, status, help, and what happens when something goes wrong."""
