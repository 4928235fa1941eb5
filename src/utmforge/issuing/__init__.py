"""From a request for links to links in the registry."""
