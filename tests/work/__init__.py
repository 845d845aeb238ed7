"""What a person does, without a terminal."""
