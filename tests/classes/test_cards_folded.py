"""A new card is drawn from the board, which may be on the wall."""

from tests.classes.room import Room
from tests.classes.test_places import card_of


def test_the_code_of_a_new_card_is_not_on_the_board(room: Room) -> None:
    room.come_in()
    reply = room.act(f"students/{room.students()[0].id}/card")
    code = card_of(room)
    with room.teacher.session_transaction() as session:
        told = str(session["_flashes"])
    assert "L’ancienne carte n’ouvre plus rien." in told
    assert code[:5] not in told
    page = room.teacher.get(reply.location).text
    head, summary, folded = page.partition("Montrer les codes (à ne pas projeter)")
    assert summary, "what is on the wall shows codes only to who asks"
    assert (code[:5] in head, code[:5] in folded) == (False, True)
    assert code[:5] not in room.teacher.get(f"/classes/{room.slug}").text


def test_cards_that_are_asked_for_are_open(room: Room) -> None:
    room.come_in()
    assert "<details><summary>" not in room.teacher.get(f"/classes/{room.slug}/cards").text
