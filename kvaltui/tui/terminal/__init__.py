"""The terminal: what is read from it and drawn on it, keys, colours, and the app that everything runs in."""
