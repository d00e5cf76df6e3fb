"""The one way in which a file is refused."""

import pkgutil


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
        sentences = pkgutil.resolve_name("media.sentences:SENTENCES")  # cutting needs no Flask
        return str(sentences[self.code]) % self.facts

    def __str__(self) -> str:
        return self.sentence
