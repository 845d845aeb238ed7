"""The sheet: structure entered like figures, a row a thing, a cell a field."""
