"""The action JoinConference: bring the caller into a room, once the door has let it in."""

from __future__ import annotations

from app.calls.call import Call
from app.services.actions import Action, JoinConference
from app.services.conference_room import Admission, ConferenceRoom
from app.services.conferences import Conferences

_TRIES = 3


class Conference:
    """Asks for the password, the name where the room wants it, and lets the room do the rest."""

    def __init__(self, conferences: Conferences) -> None:
        self._conferences = conferences

    async def run(self, call: Call, action: JoinConference) -> Action | None:
        """Talk at the door and stay in the room; nothing comes after it."""
        rooms = self._conferences
        talk = await call.converse()
        room = rooms.room(action.room)
        if room is None:
            await rooms.say(None, talk, "conf-unknown")
            talk.hang_up()
            return None
        call.note_connected(room.number)
        admission = rooms.admission(room, action.password, call.caller_extension)
        if action.password and admission is Admission.WRONG:
            await rooms.say(room, talk, "conf-wrong-password")
        for _ in range(_TRIES):
            if admission is not Admission.WRONG:
                break
            password = await rooms.ask(room, talk, "conf-password")
            admission = rooms.admission(room, password, call.caller_extension)
            if admission is Admission.WRONG:
                await rooms.say(room, talk, "conf-wrong-password")
        refusal = self._refusal(room, admission)
        if refusal:
            await rooms.say(room, talk, refusal)
            talk.hang_up()
            return None
        name = await rooms.name_of(room, talk)
        if room.record:
            await rooms.say(room, talk, "conf-recorded")
        await rooms.attend(room, talk, is_moderator=admission is Admission.MODERATOR, name=name)
        return None

    def _refusal(self, room: ConferenceRoom, admission: Admission) -> str:
        """The announcement that turns the caller away; "" = it gets in."""
        if admission is Admission.WRONG:
            return "conf-goodbye"
        door = self._conferences.refusal(room, is_moderator=admission is Admission.MODERATOR)
        return door.value if door is not None else ""
