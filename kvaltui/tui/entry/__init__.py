"""The entry table: its columns, how its rows look, what is said while a figure is typed."""
