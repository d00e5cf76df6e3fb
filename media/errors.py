"""The one way in which a file is refused."""

from media.sentences import SENTENCES


class Refused(Exception):
    """A file that is not taken, and why.

    ``code`` is stable, for scripts and tests; ``facts`` fill the sentence that authors read.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        """What authors read, in the language of the request, in French outside of one."""
        return str(SENTENCES[self.code]) % self.facts

    def __str__(self) -> str:
        return self.sentence
