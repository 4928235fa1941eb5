"""Handing a link to a person: the clipboard and QR codes."""
