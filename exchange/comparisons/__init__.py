"""Comparisons: what all figures say together, by topic, by city, in the reader's own money."""
