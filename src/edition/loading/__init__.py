"""A project's files as one `Edition`: sources, bibliography, anchors, baseline, imported texts."""
