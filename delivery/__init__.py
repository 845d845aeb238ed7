"""How the program reaches a computer: its package, the ways in, and what they were tried on."""
