"""Who says what, which facts tell of one event, and which sources and speakers count."""
