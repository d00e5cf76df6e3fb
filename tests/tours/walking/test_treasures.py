"""A treasure is found by looking, or by its riddle; its place is never told before."""

from tests.tours.mill import Student


def test_its_place_and_title_are_not_in_the_page(student: Student) -> None:
    page = student.open("hall").text
    told = student.told("hall")
    assert "cock" not in [hotspot["slug"] for hotspot in told["hotspots"]]
    assert told["treasures_left"] == 1
    assert "120.0" not in page
    assert "Une girouette de cuivre" not in page
    assert "Qui tourne avec le vent" in page


def test_a_click_near_it_finds_it(student: Student) -> None:
    reply = student.client.post("/tours/mill-tour/hall/treasure", json={"yaw": 118, "pitch": 2})
    assert reply.json is not None
    assert (reply.json["found"], reply.json["points"]) == (True, 3)
    assert reply.json["hotspot"]["slug"] == "cock"
    assert "Une girouette de cuivre" in student.open("hall").text


def test_a_click_elsewhere_says_nothing(student: Student) -> None:
    reply = student.client.post("/tours/mill-tour/hall/treasure", json={"yaw": 0, "pitch": 0})
    assert reply.json == {"found": False}


def test_the_riddle_is_worth_the_same_whatever_its_case(student: Student) -> None:
    reply = student.find("cock", riddle="  LA GIROUETTE ").json
    assert reply is not None
    assert (reply["found"], reply["points"]) == (True, 3)


def test_a_wrong_riddle_may_be_tried_again(student: Student) -> None:
    for _ in range(3):
        reply = student.find("cock", riddle="le coq").json
        assert reply is not None
        assert (reply["found"], reply["again"]) == (False, True)
    assert student.find("cock", riddle="weathercock").json["points"] == 3  # type: ignore[index]  # JSON


def test_directions_that_do_not_exist_are_refused(student: Student) -> None:
    for view in ({"yaw": "x", "pitch": 0}, {"yaw": 0, "pitch": 91}, {"yaw": 1e999, "pitch": 0}, {}):
        reply = student.client.post("/tours/mill-tour/hall/treasure", json=view)
        assert reply.status_code == 422
