"""The answer to "who is this?": a code, a full name where there is one, and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tacitus.ontology import INTERNATIONAL, actor_code, split_actor_code

ARMY = "MIL"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention is. ``code`` is None where nothing resolves it; ``person`` that it is somebody known by name,
    ``assumed`` that the country is only the report's; ``why`` tells the steps in
    order, for ``tacitus explain``."""

    code: str | None
    name: str | None = None
    why: tuple[str, ...] = ()
    person: bool = False
    assumed: bool = False

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3, None for international and unplaced actors."""
        return split_actor_code(self.code)[0] if self.code else None

    @property
    def roles(self) -> tuple[str, ...]:
        """The elements after the country."""
        return split_actor_code(self.code)[1] if self.code else ()

    @property
    def placed(self) -> bool:
        """Whether the code begins with a country or an international code, not with a bare role."""
        return bool(self.code) and (self.country is not None or str(self.code)[:3] in INTERNATIONAL)

    def placed_in(self, country: str) -> Resolution:
        """The same answer in the country where the event happened, if its own was only assumed; but armies fight abroad."""
        if not self.assumed or self.country == country or ARMY in self.roles:
            return self
        return replace(self, code=actor_code(country, self.roles), why=(*self.why, f"the event happened in {country}"))

    def because(self, reason: str) -> Resolution:
        """The same answer with one more reason."""
        return replace(self, why=(*self.why, reason))


UNKNOWN = Resolution(None, None, ("nothing in the text or the gazetteers says who this is",))
