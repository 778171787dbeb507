"""The dial-plan tracer: who dials what and when, hence each rule tried, where it goes, and what is sent."""

from __future__ import annotations

import re

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.api import dial_plan, records
from app.api.dial_plan import Trace, Way
from app.fields import Value
from ui import icons, texts
from ui.bridge import Bridge
from ui.errands import Errands
from ui.models.dial_plan import StepRow, StepsModel, record_name
from ui.theme import Tone, tone
from ui.widgets.details_pane import DetailsPane
from ui.widgets.page_header import bar_button
from ui.widgets.table import Table
from ui.widgets.translated import Translated

_OUTSIDE = ("line", "trunk")
_ICONS = {"menu": "attendant", "group": "ring-group"}  # of the services that have a drawing of their own


class DialPlanTracer(Translated, QWidget):
    """Asks the engine's own dial plan, with explanation; nothing is called."""

    record_requested = Signal(str, object)  # kind, key
    rule_requested = Signal(str, object)  # kind, the values to begin with

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self._bridge = bridge
        self._errands = errands
        self._trace: Trace | None = None
        self.caller = QComboBox()
        self.outside_number = QLineEdit()
        self.dialled = QLineEdit()
        self.is_now = QCheckBox()
        self.moment = QDateTimeEdit(QDateTime.currentDateTime())
        self.run = QPushButton()
        self.run.setProperty("role", "primary")
        self._labels = {name: QLabel() for name in ("caller", "outside", "dialled", "moment")}
        self.steps = StepsModel(self)
        self.table = Table(self.steps, sortable=False)
        self._verdict_icon = QLabel()
        self.verdict = QLabel()
        self.more = QLabel()
        self.make_rule = bar_button("add")
        self.open_record = bar_button("open")
        self._sent_title = QLabel()
        self.sent = DetailsPane()
        self._hint = QLabel()
        self._assemble()
        self._connect()
        self.retranslate()
        self._caller_changed()

    def start(self) -> None:
        """Load who may call."""
        self._errands.start(self._load_callers())

    def go_to_search(self) -> None:
        """Go to the number."""
        self.dialled.setFocus()
        self.dialled.selectAll()

    @property
    def query(self) -> tuple[str, str, str | None]:
        """Caller, number and moment as the engine is asked."""
        place = self.caller.findText(self.caller.currentText())
        caller = str(self.caller.itemData(place)) if place >= 0 else self.caller.currentText().strip()
        number = self.outside_number.text().strip()
        if self._is_outside() and number:
            caller = f"{caller}:{number}"
        at = None if self.is_now.isChecked() else self.moment.dateTime().toString("yyyy-MM-ddTHH:mm")
        return caller, self.dialled.text().strip(), at

    def retranslate(self) -> None:
        """Set every text."""
        for name, text in (
            ("caller", self.tr("Caller")),
            ("outside", self.tr("Calling number")),
            ("dialled", self.tr("Dials")),
            ("moment", self.tr("When")),
        ):
            self._labels[name].setText(text)
        for widget, name in (
            (self.caller, self.tr("Caller")),
            (self.outside_number, self.tr("Calling number")),
            (self.dialled, self.tr("Dials")),
            (self.moment, self.tr("When")),
        ):
            widget.setAccessibleName(name)
        self.outside_number.setPlaceholderText(self.tr("e.g. {example}").format(example="13812345678"))
        self.dialled.setPlaceholderText(self.tr("e.g. {example}").format(example="9123456"))
        self.is_now.setText(self.tr("Now"))
        self.moment.setLocale(QLocale())
        self.moment.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.run.setText(self.tr("Trace"))
        self.make_rule.setText(self.tr("Make a rule for this number…"))
        self.open_record.setText(self.tr("Open the record that decides"))
        self._sent_title.setText(self.tr("What will be sent"))
        self._hint.setText(
            self.tr("Nobody is called: the dial plan is only asked, and tells each rule it tries.")
        )
        self.table.setAccessibleName(self.tr("Steps"))
        self.steps.retitle()
        self._tell()

    def _assemble(self) -> None:
        self.caller.setEditable(True)
        self.caller.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.caller.setMinimumWidth(220)
        self.outside_number.setMaximumWidth(170)
        self.dialled.setMaximumWidth(200)
        self.is_now.setChecked(True)
        self.moment.setCalendarPopup(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        both = QHBoxLayout()
        both.addWidget(self.is_now)
        both.addWidget(self.moment)
        for place, (name, content) in enumerate(
            (("caller", self.caller), ("outside", self.outside_number), ("dialled", self.dialled))
        ):
            self._labels[name].setBuddy(content)
            self._labels[name].setProperty("role", "hint")
            grid.addWidget(self._labels[name], 0, place)
            grid.addWidget(content, 1, place)
        self._labels["moment"].setProperty("role", "hint")
        grid.addWidget(self._labels["moment"], 0, 3)
        grid.addLayout(both, 1, 3)
        grid.addWidget(self.run, 1, 4)
        grid.setColumnStretch(5, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addLayout(grid)
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        column.addWidget(self._hint)
        column.addWidget(self._verdict_card())
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self._sent_card())
        self.splitter.setSizes([260, 190])
        self.splitter.setChildrenCollapsible(False)
        column.addWidget(self.splitter, 1)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)

    def _verdict_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self.verdict.setProperty("role", "heading")
        for label in (self.verdict, self.more):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more.setProperty("role", "hint")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.verdict)
        words.addWidget(self.more)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._verdict_icon)
        row.addLayout(words, 1)
        row.addWidget(self.open_record)
        row.addWidget(self.make_rule)
        self._verdict_box = card
        return card

    def _sent_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self._sent_title.setProperty("role", "heading")
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        inner = QVBoxLayout(scrolled)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.sent)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(scrolled)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._sent_title)
        column.addWidget(area, 1)
        self._sent_box = card
        return card

    def _connect(self) -> None:
        self.run.clicked.connect(self.trace)
        self.dialled.returnPressed.connect(self.trace)
        self.outside_number.returnPressed.connect(self.trace)
        self.caller.currentTextChanged.connect(self._caller_changed)
        self.is_now.toggled.connect(self._now_toggled)
        self.table.activated_row.connect(self._open_step)
        self.make_rule.clicked.connect(self._ask_for_rule)
        self.open_record.clicked.connect(self._open_decider)
        self._now_toggled(self.is_now.isChecked())

    @Slot()
    def trace(self) -> None:
        """Ask what would happen."""
        if self.dialled.text().strip():
            self._errands.start(self._ask(), self.run)
        else:
            self.dialled.setFocus()

    async def _ask(self) -> None:
        self._trace = await self._bridge.ask(dial_plan.explain, *self.query)
        self.steps.show_steps(self._trace.steps)
        self._tell()

    async def _load_callers(self) -> None:
        extensions = await self._bridge.ask(records.list_records, "extension")
        found = [
            (
                " – ".join(filter(None, (str(row["number"]), str(row["description"] or "")))),
                str(row["number"]),
            )
            for row in extensions
        ]
        for kind in _OUTSIDE:
            label = texts.field_text(records.kind(kind).label)
            rows = await self._bridge.ask(records.list_records, kind)
            found += [(f"{label} {row['name']}", f"{kind}:{row['name']}") for row in rows]
        current = self.caller.currentText()
        self.caller.blockSignals(True)
        self.caller.clear()
        for text, data in found:
            self.caller.addItem(text, data)
        if current:
            self.caller.setCurrentText(current)
        self.caller.blockSignals(False)
        self._caller_changed()

    def _is_outside(self) -> bool:
        place = self.caller.findText(self.caller.currentText())
        chosen = str(self.caller.itemData(place)) if place >= 0 else self.caller.currentText()
        return chosen.partition(":")[0] in _OUTSIDE

    @Slot()
    def _caller_changed(self) -> None:
        is_outside = self._is_outside()
        self.outside_number.setVisible(is_outside)
        self._labels["outside"].setVisible(is_outside)

    @Slot(bool)
    def _now_toggled(self, is_now: bool) -> None:
        self.moment.setVisible(not is_now)
        if not is_now:
            self.moment.setDateTime(QDateTime.currentDateTime())

    def _tell(self) -> None:
        trace = self._trace
        for box in (self._verdict_box, self.splitter):
            box.setVisible(trace is not None)
        self._filler.setVisible(trace is None)
        if trace is None:
            return
        meaning, icon, words = self._verdict(trace)
        self._verdict_icon.setPixmap(icons.pixmap(icon, tone(meaning), 28))
        self.verdict.setText(words)
        self.more.setText(self._more(trace))
        self.more.setVisible(bool(self.more.text()))
        self.open_record.setVisible(trace.blocked_by is not None or trace.screened_by is not None)
        self.make_rule.setVisible(bool(self._rule_prefix(trace)))
        pairs = self._sent_pairs(trace)
        self.sent.show_pairs(pairs)
        self._sent_box.setVisible(bool(pairs))

    def _verdict(self, trace: Trace) -> tuple[Tone, str, str]:
        route = trace.route
        if route.kind == "refused":
            refused = self.tr("Refused: {status} {reason}").format(status=route.status, reason=route.reason)
            return Tone.BAD, "state-ended", refused
        if route.kind == "extension":
            said = self.tr("Extension {name} rings.").format(name=route.name)
            return Tone.GOOD, "extensions", said
        if route.kind not in _OUTSIDE:
            return Tone.GOOD, _ICONS.get(route.kind, "services"), self._service(route)
        said = (
            self.tr("Goes out over the external line {name} as {number}.")
            if route.kind == "line"
            else self.tr("Goes out over the SIP trunk {name} as {number}.")
        )
        said = said.format(name=route.name, number=route.number)
        if trace.is_emergency:
            said = self.tr("Emergency call.") + " " + said
        return Tone.GOOD, "lines" if route.kind == "line" else "trunks", said

    def _service(self, route: Way) -> str:
        """What a service does with the call."""
        if route.kind == "messages" and not route.name:
            return self.tr("The number of a mailbox is asked for.")
        form = {
            "menu": self.tr("The attendant's menu {name} answers."),
            "voicemail": self.tr("A message is left for extension {name}."),
            "messages": self.tr("The voice mail of {name} is heard."),
            "group": self.tr("The ring group {name} rings."),
            "conference": self.tr("The conference room {name} is entered."),
            "forwarding": self.tr("A forwarding of the caller is switched."),
        }[route.kind]
        return form.format(name=route.name)

    def _more(self, trace: Trace) -> str:
        found = []
        if trace.blocked_by is not None:
            name = record_name(trace.blocked_by.kind, trace.blocked_by.key)
            found.append(self.tr("Blocked by: {record}.").format(record=name))
        others = [way.name for way in trace.ways[1:]]
        if others:
            found.append(self.tr("If that fails: {ways}.").format(ways=", ".join(others)))
        if trace.route.kind == "extension":
            shown = " ".join(filter(None, (trace.shown_number, trace.shown_name)))
            if shown:
                found.append(self.tr("The phone shows {shown}.").format(shown=shown))
        return " ".join(found)

    def _sent_pairs(self, trace: Trace) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        for way in trace.ways:
            pairs += self._pairs_of(way, with_name=len(trace.ways) > 1)
        return pairs

    def _pairs_of(self, way: Way, *, with_name: bool) -> list[tuple[str, str]]:
        if way.sent is None:
            return []
        title = [(self.tr("Over"), record_name(way.kind, way.name))] if with_name else []
        headers = [("Request-URI", way.sent.request_uri), ("From", way.sent.from_), ("To", way.sent.to)]
        headers += [*way.sent.headers, ("Route", way.sent.route)]
        return title + [(name, value) for name, value in headers if value]

    def _rule_prefix(self, trace: Trace) -> str:
        """The number a rule can be made for: what was dialled inside, unless a record forbids it."""
        is_inside = not trace.caller.startswith(tuple(f"{kind}:" for kind in _OUTSIDE))
        if trace.is_blocked or trace.is_emergency or not is_inside:
            return ""
        return trace.dialled if re.fullmatch(r"\+?[0-9*#]+", trace.dialled) else ""

    @Slot()
    def _ask_for_rule(self) -> None:
        if self._trace is None:
            return
        prefix = self._rule_prefix(self._trace)
        route = self._trace.route
        values: dict[str, Value] = {
            "id": "to-" + re.sub(r"[^0-9]", "", prefix),
            "called_prefix": prefix,
        }
        if route.kind in _OUTSIDE:
            values |= {"route_kind": route.kind, "route_target": route.name}
        self.rule_requested.emit("called_rule", values)

    @Slot()
    def _open_decider(self) -> None:
        if self._trace is not None:
            decider = self._trace.blocked_by or self._trace.screened_by
            if decider is not None:
                self.record_requested.emit(decider.kind, decider.key)

    def _open_step(self, row: StepRow) -> None:
        if row.step.kind and row.step.key and row.step.kind != "setting":
            self.record_requested.emit(row.step.kind, row.step.key)
