"""What the PBX sent and received: kept, found again, drawn and exported."""
