"""Networks of inequalities between uncertain days and numbers (simple temporal networks: Dechter, Meiri, Pearl 1991)."""
