"""Widgets that draw their own lines, so that start, keys and bytes do not grow with the plan."""
