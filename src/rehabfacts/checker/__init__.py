"""Dataset and rules in, report out: ground, judge, explain, certify, order."""
