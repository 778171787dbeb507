"""What only the Windows set-up needs: a signed CPython, Wine to build and try with, the service program."""
