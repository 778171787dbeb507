"""RTP, RTCP, their statistics and telephone events (RFC 3550, 4733): bytes and the time in, values out."""
