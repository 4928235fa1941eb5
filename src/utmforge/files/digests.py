"""BLAKE2b without OpenSSL, and digests of whole files.

`hashlib` loads OpenSSL for algorithms that are not used here (3 ms, a twentieth of a whole
command); `_blake2` does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    from _blake2 import blake2b
except ImportError:  # another Python may not have this module
    from hashlib import blake2b

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["blake2b", "digest_of", "file_digest"]

_BLOCK_BYTES = 1 << 20


def digest_of(data: bytes) -> str:
    """Return the digest of a file's bytes."""
    return blake2b(data).hexdigest()


def file_digest(path: Path) -> str:
    """Return the digest of a file, read block by block."""
    digest = blake2b()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
