"""What running text says: dates and numbers as documents write them, in Ukrainian, Russian, Kazakh and English."""
