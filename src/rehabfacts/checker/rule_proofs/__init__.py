"""Rules that prove themselves: their examples judged, and their flaws proven on the rules alone."""
