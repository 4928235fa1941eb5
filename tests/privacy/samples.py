"""Secrets that open nothing, and addresses to put them into."""

from hypothesis import strategies as st

# Made up, in pieces, so that no scanner takes them for real ones.
GITHUB = "ghp_" + "a1B2c3D4e5F6" * 3
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
JWT = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0"
PAGE = "https://shop.example/x"

LOCAL = st.from_regex(r"[a-z][a-z0-9]{0,8}([._+-][a-z0-9]{1,8})?", fullmatch=True)
DOMAIN = st.from_regex(r"[a-z][a-z0-9]{1,8}\.(com|fr|co\.uk|example)", fullmatch=True)
WORD = st.from_regex(r"[a-z]{1,10}(-[a-z0-9]{1,6})?", fullmatch=True)

PLACES = (
    "https://{0}.example/{1}/{secret}",
    "https://{0}.example/{secret}/{1}",
    "https://{0}.example/{1}?{2}={secret}",
    "https://{0}.example/{1}?{2}=x&{0}={secret}&utm_source=a",
    "https://{0}.example?{2}={secret}",
    "https://{0}.example/?utm_content={secret}&utm_term={1}",
    "https://{0}.example/?a=b#{secret}",
    "https://{0}.example/#/{1}?{2}={secret}",
    "{0}.example/{1}?{2}={secret}",
    "{secret}",
)
