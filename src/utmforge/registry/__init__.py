"""The registry of issued links: the truth, not a cache. What is printed is in it first."""

from utmforge.registry.policy import IssuePolicy
from utmforge.registry.store import Registry

__all__ = ["IssuePolicy", "Registry"]
