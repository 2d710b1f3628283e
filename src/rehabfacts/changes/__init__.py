"""Changes to a dataset and what they do to its report."""
