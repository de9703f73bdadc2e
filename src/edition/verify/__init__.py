"""Quotations located in the text of the works quoted, and the ledger of what was found.

`ledger` needs the standard library alone; all else the libraries of the extra `verify`. The numbers
at the tops of the modules are tried at .5 to 2 times their values by `python bench/thresholds.py
verify DIR`; bench/README.md, "Tuned numbers", says which of them decide.
"""
