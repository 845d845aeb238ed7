"""What a person sees: the program in the terminal. Nothing else in kvaltui knows Textual."""
