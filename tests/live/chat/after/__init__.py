"""What comes after a chat, inside the test process, on every database."""
