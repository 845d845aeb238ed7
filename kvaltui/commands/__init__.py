"""What each command does. `kvaltui.cli` imports from here only the command that was given."""
