"""What makes calls a PBX: directory, authentication, registrar, switchboard and their like."""
