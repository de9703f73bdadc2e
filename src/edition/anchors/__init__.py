"""Anchors that hold: what was published, what has become of it, and what may become of it.

`anchors.lock` is the memory. `compare` tells what has happened since it was written, `renew`
what it ought to say now, and `accept`, `retire`, `merge` and `split` are an editor's decisions.
Nothing here reads or writes a file but `outputs`, which looks into what was built.
"""
