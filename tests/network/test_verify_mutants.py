"""Certificates that tell the verifier from its mutants: what each check is there for, one certificate each."""
