"""Sieves in use: which rows they let through, and where they stopped looking."""

from dataclasses import dataclass, field

from cms.admin.views.filters import MOST_SIFTED, Ids
from cms.search.titles import Stretch


@dataclass(frozen=True)
class Sifted:
    """The numbers of the rows that sieves let through, and where they stopped, if not at the end."""

    ids: list[int]
    reach: int | None = None


@dataclass
class Sieving:
    """The sieves of one list with their values; each stretch is sifted once."""

    sieves: list[tuple[Ids, str]]
    known: dict[Stretch, Sifted] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sieves)

    def sift(self, stretch: Stretch) -> Sifted:
        """What all sieves let through of a stretch, as far as all of them have looked."""
        if stretch not in self.known:
            self.known[stretch] = self._sift(stretch)
        return self.known[stretch]

    def _sift(self, stretch: Stretch) -> Sifted:
        found = [ids(value, stretch, MOST_SIFTED + 1) for ids, value in self.sieves]
        nearest = max if stretch.newest_first else min
        reach = nearest((ids[MOST_SIFTED - 1] for ids in found if len(ids) > MOST_SIFTED), default=None)
        common = found[0] if len(found) == 1 else list(set.intersection(*map(set, found)))
        if reach is not None:
            common = [id for id in common if (id >= reach if stretch.newest_first else id <= reach)]
        return Sifted(common, reach)
