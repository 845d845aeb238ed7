"""Programs that Windows' Python runs for the tests; each says on its streams how far it is."""
