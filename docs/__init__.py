"""What makes the pictures of the documents, and the page of the commands."""
