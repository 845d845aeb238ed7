"""What a person does with a plan, without a terminal: both faces, the commands and the window, call it."""
