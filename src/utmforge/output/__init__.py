"""What people and programs see: the answer on stdout, the conversation on stderr."""
