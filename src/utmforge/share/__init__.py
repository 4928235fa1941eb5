"""Share a link: the clipboard and QR codes."""
