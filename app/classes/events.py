"""What happens in classes, as others hear of it once it is committed."""

from app.core.events import Event


class DoorChanged(Event):
    """A door, its code, or those who wait at it."""

    classroom_id: int


class ClassChanged(Event):
    """A class's time, its tour, or what it does not see."""

    classroom_id: int


class StudentChanged(Event):
    """A student came in, or was renamed, removed, brought back, labelled or erased."""

    classroom_id: int
    student_id: int


class PlaceClosed(Event):
    """A visitor's browsers are let go: the card was revoked, the student removed or erased."""

    visitor_id: int


class Erased(Event):
    """A student of the class was erased, or the class itself: papers made before tell too much."""

    classroom_id: int


class ChairsChanged(Event):
    """A link was revoked, a key drawn anew, a teacher left: boards look again who they are."""

    classroom_id: int
