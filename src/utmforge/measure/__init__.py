"""A server's log → visits, conversions and returns, by the links that were issued."""
