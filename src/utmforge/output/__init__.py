"""What people and programs see: the answer on stdout, messages on stderr."""
