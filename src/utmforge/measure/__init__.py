"""What came back: visits, previews and conversions of issued links, from a web server's log."""
