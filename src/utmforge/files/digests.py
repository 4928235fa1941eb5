"""BLAKE2b without OpenSSL.

`hashlib` loads OpenSSL for algorithms that are not used here (3 ms, a twentieth of a whole
command); `_blake2` does not.
"""

try:
    from _blake2 import blake2b
except ImportError:  # another Python may not have this module
    from hashlib import blake2b

__all__ = ["blake2b"]
