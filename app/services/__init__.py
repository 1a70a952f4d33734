"""What the office can do: one folder an area, the shared services below them. No Qt."""
