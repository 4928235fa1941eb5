"""What came back: web server logs to visits, conversions and returns."""
