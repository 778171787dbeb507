"""Makes what people install: frozen programs, the Debian package, the Windows set-up, and checks of them."""
