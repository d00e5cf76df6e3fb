"""What comes after a chat: answers in writing, papers, satisfaction, and the end of it all."""
