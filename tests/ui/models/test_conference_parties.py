"""The parties of a conference, in the order they came."""

from __future__ import annotations

from tests.support.fake_recordings import NOW, party_view
from ui.models.conference_parties import ConferencePartiesModel


def cells(model: ConferencePartiesModel, name: str) -> list[str]:
    place = [column.name for column in model.columns].index(name)
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def test_they_come_change_and_go(qt: object) -> None:
    model = ConferencePartiesModel(now=lambda: NOW + 65)
    model.follow((party_view(2, "101", joined_at=NOW + 5), party_view(1, "100", is_talking=True)))
    model.flush()
    assert cells(model, "number") == ["100", "101"]
    assert cells(model, "since") == ["1:05", "1:00"]
    assert cells(model, "state") == ["Talking", "Listening"]
    model.follow((party_view(2, "101", joined_at=NOW + 5, is_muted=True, is_moderator=True),))
    model.flush()
    assert (cells(model, "number"), cells(model, "state")) == (["101"], ["Muted"])
    assert cells(model, "role") == ["Moderator"]
