"""Rules A: anchors, links to them, and the lock of those published."""
