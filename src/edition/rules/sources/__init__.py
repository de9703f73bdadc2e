"""Rules S: source files, what they include, pictures, languages, ignores, the baseline."""
