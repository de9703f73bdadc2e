"""Quotations located in the text of the works quoted."""
