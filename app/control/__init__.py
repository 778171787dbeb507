"""The private line by which commands of `openmss-cli` reach a running server, window or not.

`app.engine` starts it last and stops it first, since it stands above the PBX and its API:

    control = ControlServer(Commands(pbx), options.paths)
    await control.start()
    …
    await control.stop()
"""
