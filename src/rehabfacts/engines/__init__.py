"""Executors: they run the plans of rules over a dataset."""
