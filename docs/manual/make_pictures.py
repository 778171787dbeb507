"""Takes the manual's pictures: the real window on a real engine with a small office of scripted phones.

Run `QT_QPA_PLATFORM=offscreen python docs/manual/make_pictures.py [FOLDER]` from the project's folder. Each
page and dialog is shown in English and Chinese, light and dark. ImageMagick makes the pictures small where it
is installed.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget  # noqa: E402
from qasync import QEventLoop  # noqa: E402

from app.api import records  # noqa: E402
from app.errors import EnvironmentFault  # noqa: E402
from app.logs import Logs  # noqa: E402
from app.options import Options  # noqa: E402
from app.sip import events  # noqa: E402
from app.sip.flow import Address, Transport  # noqa: E402
from app.sip.settings import StackSettings  # noqa: E402
from docs.manual.picture_attendant import make_menus, show_attendant, try_a_path  # noqa: E402
from docs.manual.picture_outside import DOMAIN, TELECOM, Outside  # noqa: E402
from docs.manual.picture_recordings import keep_recordings, meet, record_a_call  # noqa: E402
from docs.manual.picture_ring_groups import make_groups, open_group  # noqa: E402
from docs.manual.picture_sound import (  # noqa: E402
    open_mail,
    open_recorder,
    show_the_packages_folder,
    write_letters,
)
from docs.manual.picture_voice_mail import leave_messages  # noqa: E402
from tests.support.phone import Phone, PhoneCall  # noqa: E402
from ui.application import Application  # noqa: E402
from ui.dialogs.import_csv import ImportDialog  # noqa: E402
from ui.dialogs.new_line import NewLineDialog  # noqa: E402
from ui.dialogs.record import RecordDialog, new_values  # noqa: E402
from ui.dialogs.startup_failure import StartupFailureDialog  # noqa: E402
from ui.engine_log import LoggingEngine  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

SERVER = Address("127.0.0.20", 5060)
PEOPLE = (
    ("100", "Reception", "Reception", "Yealink SIP-T54W 96.86.0.75"),
    ("101", "Li Wei", "李伟", "Grandstream GXP2170 1.0.11.79"),
    ("102", "Workshop", "车间", "Fanvil X5U 2.12.16"),
    ("103", "Wang Fang", "王芳", "MicroSIP/3.21.5"),
    ("104", "Meeting room", "会议室", "Yealink CP925 148.86.0.60"),
    ("105", "Warehouse", "仓库", "Linphone/5.2.3"),
    ("106", "Fax machine", "传真机", ""),
    ("107", "Gate", "门卫", ""),
)
PASSWORD = "demo-Secret-17"
CSV = (
    "number,description,password,max_devices\n"
    "201,Sales,k8Fq-31-oak,\n202,Support,,\n203,Accounts,pw-Long-9932,99\n"
)


class Office:
    """The phones, on a thread and loop of their own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="phones", daemon=True)
        self.phones: dict[str, Phone] = {}
        self._thread.start()

    async def ask(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the phones' loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    async def open(self) -> None:
        """Register everybody who has a device."""
        for place, (number, _, _, device) in enumerate(PEOPLE):
            if device:
                phone = Phone(
                    number,
                    PASSWORD,
                    SERVER,
                    host=f"127.0.0.{31 + place}",
                    port=5060,
                    transport=Transport.UDP,
                    settings=StackSettings(user_agent=device),
                )
                self.phones[number] = await phone.start()
                await phone.register()

    async def past_calls(self) -> None:
        """Some calls that are over, each in its own way."""
        for caller, called, fate in (
            ("101", "100", 200),
            ("102", "103", 486),
            ("100", "105", 200),
            ("103", "888", 404),
            ("104", "106", 480),
            ("105", "101", 200),
        ):
            out = self.phones[caller].call(called)
            if called in self.phones:
                incoming = await self.phones[called].incoming()
                incoming.ring()
                await out.until(events.Progressed)
                if fate == 200:
                    incoming.answer()
                    await incoming.until(events.Confirmed)
                    await asyncio.sleep(0.4)
                    out.hang_up()
                    await out.until_ended()
                    continue
                incoming.reject(fate)
            await out.until(events.Rejected)

    async def live_calls(self) -> list[PhoneCall]:
        """Two that talk, and one that rings."""
        calls = []
        for caller, called, is_answered in (
            ("101", "100", True),
            ("103", "102", True),
            ("104", "105", False),
        ):
            out = self.phones[caller].call(called)
            incoming = await self.phones[called].incoming()
            incoming.ring()
            await out.until(events.Progressed)
            if is_answered:
                incoming.answer()
                await incoming.until(events.Confirmed)
            calls.append(out)
        return calls

    async def close(self) -> None:
        """Everybody goes home."""
        for phone in self.phones.values():
            await phone.stop()


class Camera:
    """Takes one set of pictures: a language and an appearance."""

    def __init__(self, folder: Path, window: MainWindow, name: str) -> None:
        self._folder = folder
        self.window = window
        self._name = name

    def take(self, widget: QWidget, subject: str) -> None:
        """Save what a widget shows."""
        widget.grab().save(str(self._folder / f"{subject}-{self._name}.png"))

    async def pages(self) -> None:
        """Every page, with something chosen."""
        window = self.window
        for subject, page in window.pages.items():
            window.show_page(subject)
            table = getattr(page, "table", None)
            await asyncio.sleep(0.4)
            if table is not None and table.rows.rowCount():
                last = table.rows.rowCount() - 1
                chosen = {"trace": last - 3, "log": last, "extensions": 1}.get(subject, 0)
                table.selectRow(max(0, chosen))
                await asyncio.sleep(0.3)
            self.take(window, subject)
        await self._outside_pages()

    async def _outside_pages(self) -> None:
        """What the pages of the outside show when something is chosen."""
        window = self.window
        window.show_page("lines")
        window.lines.choose("telecom")
        window.lines.details.tabs.setCurrentIndex(1)
        await asyncio.sleep(0.5)
        self.take(window, "diagnosis")
        window.lines.choose("sonetel")
        window.lines.details.tabs.setCurrentIndex(0)
        await asyncio.sleep(0.4)
        self.take(window, "lines")
        window.show_page("voice_mail")
        window.voice_mail.choose("101")
        await asyncio.sleep(0.4)
        self.take(window, "voice_mail")
        window.show_page("conferences")
        window.conferences.rooms.table.selectRow(0)
        await asyncio.sleep(0.4)
        self.take(window, "conferences")
        open_group(window)
        await self._take_dialog("ring-group")
        await show_attendant(window)
        self.take(window, "attendant")
        await try_a_path(window)
        self.take(window, "attendant-trial")
        await self._sound_dialogs()
        window.show_page("routing")
        window.routing.show_kind("called_rule")
        await asyncio.sleep(0.3)
        self.take(window, "routing")
        window.routing.show_tracer()
        window.routing.tracer.caller.setCurrentIndex(1)
        window.routing.tracer.dialled.setText("913812345678")
        window.routing.tracer.trace()
        await asyncio.sleep(0.4)
        self.take(window, "tracer")

    async def _sound_dialogs(self) -> None:
        """The recorder and the mail."""
        recorder = await open_recorder(self.window)
        await asyncio.sleep(0.4)
        self.take(recorder, "recorder")
        recorder.history = type(recorder.history)()  # nothing to lose
        recorder.done(0)
        mail = open_mail(self.window)
        await asyncio.sleep(0.4)
        mail.table.selectRow(0)
        await asyncio.sleep(0.2)
        self.take(mail, "mail")
        mail.done(0)

    async def dialogs(self) -> None:
        """Every dialog."""
        window, commands = self.window, self.window.commands
        for subject, open_it in (
            ("extension-list", lambda: commands.open_list("extension")),
            ("system", commands.open_settings),
            ("first-passwords", commands.show_passwords),
            ("shortcuts", commands.table()["shortcuts"]),
            ("about", commands.table()["about"]),
        ):
            open_it()
            await self._take_dialog(subject)
        await self._extension_dialog()
        await self._outside_dialogs()
        path = self._folder / "extensions.csv"
        path.write_text(CSV, encoding="utf-8")
        ImportDialog(window.bridge, records.kind("extension"), path, window).open()
        await self._take_dialog("import")
        path.unlink()
        fault = EnvironmentFault(
            "net.port",
            "UDP port 5060 of 0.0.0.0 cannot be opened (Address already in use). Is another telephone system "
            "or softphone running on this computer?",
            transport="UDP",
            host="0.0.0.0",
            port=5060,
            reason="Address already in use",
        )
        StartupFailureDialog(fault, window).show()
        await self._take_dialog("startup-failure")

    async def _extension_dialog(self) -> None:
        spec = records.kind("extension")
        dialog = RecordDialog(self.window.bridge, spec, None, new_values(spec), self.window)
        dialog.form.editors["number"].set_value("20a")
        dialog.form.editors["description"].set_value("Front desk")
        dialog.form.editors["allowed_address"].set_value("192.168.1.300")
        dialog.open()
        dialog.save.click()
        await self._take_dialog("extension")

    async def _outside_dialogs(self) -> None:
        """The records of the outside, and the assistant."""
        for kind, subject in (
            ("line", "line"),
            ("trunk", "trunk"),
            ("screening", "screening"),
            ("time_condition", "time-condition"),
        ):
            spec = records.kind(kind)
            RecordDialog(self.window.bridge, spec, None, new_values(spec), self.window).open()
            await self._take_dialog(subject)
        dialog = NewLineDialog(self.window.bridge, self.window)
        dialog.open()
        await asyncio.sleep(0.3)
        dialog.choice.search.setText("ims")
        await asyncio.sleep(0.1)
        self.take(dialog, "new-line-carrier")
        dialog.choice.search.setText("Telecom IMS")
        dialog.next.click()
        answers = {
            "number": TELECOM.user,
            "password": TELECOM.password,
            "domain": DOMAIN,
            "proxy": "bac01.gz.gd.ctcims.cn",
        }
        for key, value in answers.items():
            dialog.questions.editors[key].set_value(value)
        dialog.questions.name.set_value("telecom-2")
        await asyncio.sleep(0.1)
        self.take(dialog, "new-line-answers")
        dialog.next.click()
        await self._take_dialog("new-line-summary")

    async def _take_dialog(self, subject: str) -> None:
        await asyncio.sleep(0.4)
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                self._keep_private(dialog)
                self.take(dialog, subject)
                dialog.done(0)
        await asyncio.sleep(0.1)

    def _keep_private(self, dialog: QDialog) -> None:
        """A picture must not tell where it was taken."""
        for label in dialog.findChildren(QLabel):
            if self.window.data_folder in label.text():
                label.setText(label.text().replace(self.window.data_folder, "~/.openmss"))


async def fill(window: MainWindow) -> None:
    """Add the people."""
    for number, name, chinese, _ in PEOPLE:
        values = {"description": f"{name} {chinese}" if name != chinese else name, "password": PASSWORD}
        known = number in ("100", "101", "102")
        question = records.set_record if known else records.add_record
        if known:
            values.pop("password")  # the generated passwords stay, to be shown
        await window.bridge.ask(question, "extension", number, values)


async def give_demo_passwords(window: MainWindow) -> None:
    """From here on the scripted phones can register; the generated passwords are gone."""
    for number in ("100", "101", "102"):
        await window.bridge.ask(records.set_record, "extension", number, {"password": PASSWORD})


async def take_pictures(folder: Path, data: Path) -> None:
    """Start, fill, call, and take every picture."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    show_the_packages_folder()
    options = Options(data=data, bind=(SERVER.host,), sip_port=SERVER.port, tls_port=5061)
    logs = Logs(to_stderr=False)
    application = Application(qt, options, lambda given: LoggingEngine(given, logs))
    running = asyncio.ensure_future(application.run())
    while application.window is None:  # noqa: ASYNC110  the window has no event for that
        await asyncio.sleep(0.05)
    window = application.window
    window.resize(1180, 720)
    await asyncio.sleep(1)
    for dialog in window.findChildren(QDialog):
        dialog.done(0)
    await fill(window)
    looks = [(language, theme) for language in ("en", "zh_CN") for theme in ("light", "dark")]
    for language, theme in looks:
        camera = await _dress(window, folder, language, theme)
        await camera.dialogs()
    await give_demo_passwords(window)
    office, outside = Office(), Outside()
    await office.ask(outside.start())
    await outside.configure(window)
    await make_menus(window)
    await make_groups(window)
    await keep_recordings(window)
    await office.ask(office.open())
    await office.ask(office.past_calls())
    await leave_messages(window)  # a mailbox would take the calls that find somebody busy
    await office.ask(office.live_calls())
    await record_a_call(window)
    await write_letters(window)
    await office.ask(meet(office.phones))
    for language, theme in looks:
        camera = await _dress(window, folder, language, theme)
        await camera.pages()
    await office.ask(office.close())
    application.quit()
    await running
    logs.stop()
    await office.ask(outside.stop())


async def _dress(window: MainWindow, folder: Path, language: str, theme: str) -> Camera:
    window.language_requested.emit(language)
    window.theme_requested.emit(theme)
    await asyncio.sleep(0.5)
    return Camera(folder, window, f"{language}-{theme}")


def shrink(folder: Path) -> None:
    """Reduce each picture to a palette: a fifth of the size, and nobody sees it."""
    if shutil.which("mogrify"):
        pictures = [str(path) for path in folder.glob("*.png")]
        subprocess.run(["mogrify", "-strip", "+dither", "-colors", "96", *pictures], check=True)


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "manual" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    qt = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as data, QEventLoop(qt) as loop:
        loop.run_until_complete(take_pictures(folder, Path(data) / "openmss"))
    shrink(folder)


if __name__ == "__main__":
    main()
