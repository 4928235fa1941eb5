"""The registry of issued links. A link is saved here before it is printed."""

from utmforge.registry.policy import IssuePolicy
from utmforge.registry.store import Registry

__all__ = ["IssuePolicy", "Registry"]
