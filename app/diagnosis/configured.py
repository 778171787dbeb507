"""The configuration of a case, read by meaning: text, yes or no, numbers, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping

from app.diagnosis.peers import host_of

_YES = frozenset({"yes", "true", "on", "1", "y", "supported", "required"})
_NO = frozenset({"no", "false", "off", "0", "n", "none", "disabled"})


class Configured:
    """Reads a flat mapping; a name that is missing, null or empty says nothing."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = {name.lower(): value for name, value in values.items()}

    def says(self, name: str) -> bool:
        """Whether the name is there at all, even if empty."""
        return name.lower() in self._values

    def text(self, *names: str) -> str:
        """The first of these that is not empty, stripped."""
        for name in names:
            value = self._values.get(name.lower())
            if isinstance(value, list | tuple):
                value = ",".join(str(each) for each in value)
            if value is not None and str(value).strip() and not isinstance(value, bool):
                return str(value).strip()
        return ""

    def flag(self, name: str) -> bool | None:
        """Yes, no, or None where nothing (or nonsense) is said."""
        value = self._values.get(name.lower())
        if isinstance(value, bool):
            return value
        word = "" if value is None else str(value).strip().lower()
        return True if word in _YES else False if word in _NO else None

    def integer(self, name: str) -> int | None:
        """A whole number, None where there is none."""
        value = self._values.get(name.lower())
        try:
            return None if value is None or isinstance(value, bool) else int(float(str(value)))
        except (ValueError, OverflowError):
            return None

    def words(self, name: str) -> tuple[str, ...]:
        """A list, or text with commas or blanks, as words."""
        return tuple(self.text(name).replace(",", " ").replace(";", " ").split())

    @property
    def domain(self) -> str:
        """The line's domain (or the trunk's address) without scheme and port, in lower case."""
        return host_of(self.text("domain", "address", "server"))

    @property
    def proxy(self) -> str:
        """The host of the outbound proxy, "" where there is none."""
        return host_of(self.text("proxy", "outbound_proxy"))

    @property
    def next_hop(self) -> str:
        """Where packets go: the proxy, else the domain."""
        return self.proxy or self.domain

    @property
    def server_field(self) -> str:
        """The field that says where requests go."""
        if self.proxy:
            return "proxy"
        return "address" if self.text("address") and not self.text("domain") else "domain"

    @property
    def user(self) -> str:
        """The account."""
        return self.text("user", "username", "account")

    @property
    def numbers(self) -> frozenset[str]:
        """The user parts that stand for this line: account, From user, authentication name."""
        names = (self.text("user", "username"), self.text("from_user"), self.text("auth_id"))
        return frozenset(name.partition("@")[0] for name in names if name)

    @property
    def has_password(self) -> bool | None:
        """Whether a password is set; None where the case does not say."""
        return bool(self.text("password")) if self.says("password") else None

    @property
    def keeps_call_id(self) -> bool:
        """Whether a REGISTER that answers a challenge keeps its Call-ID (the default)."""
        return (
            self.text("register_call_id").lower() != "new" and self.flag("gVarSipRegSameDialog") is not False
        )

    @property
    def transport(self) -> str:
        """udp, tcp, tls, or ""."""
        return self.text("transport").lower()
