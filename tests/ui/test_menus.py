"""The menu bar made from its entries."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMenuBar

from ui.main_window import MainWindow
from ui.menus import ENTRIES, MENUS, SUBMENUS, Menus, plain


def test_menus_stand_in_the_order_of_the_original() -> None:
    assert [name for name, _ in MENUS][:6] == ["file", "data", "dial_plan", "services", "maintain", "records"]


async def test_every_entry_has_a_command_and_every_command_an_entry(window: MainWindow) -> None:
    commands = window.commands.table()
    assert {entry.command for entry in ENTRIES} == set(commands)


def test_every_entry_has_its_own_shortcut() -> None:
    keys = [entry.keys for entry in ENTRIES]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_an_unknown_command_is_absent_and_so_is_an_empty_menu(qt: QApplication) -> None:
    called: list[str] = []
    bar = QMenuBar()
    menus = Menus(bar, {"quit": lambda: called.append("quit")})
    assert [action.text() for action in bar.actions()] == ["&File"]
    menus.actions["quit"].trigger()
    assert called == ["quit"]
    assert menus.shortcuts() == [("File", [("Quit", "Ctrl+Q")])]


def test_a_group_is_exclusive(qt: QApplication) -> None:
    bar = QMenuBar()
    menus = Menus(bar, {f"theme.{name}": lambda: None for name in ("system", "light", "dark")})
    menus.check("theme.dark")
    menus.check("theme.light")
    assert [menus.actions[f"theme.{name}"].isChecked() for name in ("system", "light", "dark")] == [
        False,
        True,
        False,
    ]
    assert set(SUBMENUS) == {"language", "theme"}


def test_text_without_its_mnemonic() -> None:
    assert plain("&File") == "File"
    assert plain("文件(&F)") == "文件"
    assert plain("导出(&E)…") == "导出…"


def test_no_shortcut_is_what_a_keyboard_types_with_alt_gr() -> None:
    """AltGr is Ctrl+Alt: with it, German, Polish and many other keyboards write brackets and letters."""
    for entry in ENTRIES:
        assert not {"Ctrl", "Alt"} <= set(entry.keys.split("+")), entry.keys
        assert entry.keys not in _TAKEN, entry.keys


_TAKEN = {"Ctrl+Shift+U", "Shift+F10", "Alt+F4", "F2", "F10"}  # entering characters, menus, closing, editing
