"""How much was shared in private: what is certain, what points to it, and a probable range."""
