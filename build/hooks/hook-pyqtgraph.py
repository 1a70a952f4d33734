"""It is asked for one line over some weeks: without its examples, colour maps and pictures of tools."""
