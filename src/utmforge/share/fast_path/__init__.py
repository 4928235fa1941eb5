"""QR codes by the thousand."""
