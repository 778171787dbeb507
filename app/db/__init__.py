"""What the PBX remembers: the SQLite file, its tables, and the one thread that reads and writes them."""
