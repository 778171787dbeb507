"""What can go wrong, in three kinds: the user's input, the environment, and our own mistakes."""

from __future__ import annotations


class OpenMssError(Exception):
    """Base of the errors that reach a person: a stable code and the values its sentence needs.

    `code` is a dotted key such as `record.duplicate`; the window and the command line turn it into a sentence
    in the user's language that says what, why and what to do. `str()` is the English sentence.
    """

    def __init__(self, code: str, text: str, **details: object) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.details = details


class UserError(OpenMssError):
    """What was asked is refused; nothing was changed. Show it beside the input, if `field` names one."""

    def __init__(self, code: str, text: str, *, field: str | None = None, **details: object) -> None:
        super().__init__(code, text, **details)
        self.field = field


class EnvironmentFault(OpenMssError):  # noqa: N818  the style guide's name
    """Disk, port or network does not do what it should. Show it and offer to try again."""


class Bug(Exception):  # noqa: N818  the style guide's name
    """A state the program believed impossible: logged, ends the call in question, never the PBX."""
