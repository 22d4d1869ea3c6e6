"""Costs that carry their conditions: items, entries on texts, reference figures, statistics."""
