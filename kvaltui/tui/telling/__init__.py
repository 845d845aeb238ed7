"""What there is to say of a thing, in paragraphs and charts, for panels and pages."""
