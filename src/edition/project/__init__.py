"""Settings and files on disk: where a project is, what it sets, how a file is replaced whole."""
