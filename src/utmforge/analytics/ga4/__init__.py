"""GA4: its channel groups, its list of sources, mediums to suggest."""
