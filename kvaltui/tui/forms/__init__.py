"""Forms: one table of fields for each kind of thing, a draft that is checked while it is typed, and what shows it."""
