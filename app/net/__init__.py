"""The network shell: the only sockets, DNS and media clock of the PBX."""
