"""The companies for every student's list, read once per process.

A request that read 300 profiles and folded their texts would take a hundred milliseconds. The
profiles are kept until the journal says that one changed, the queues' figures until it has a new
row of any kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Connection, func, select

from jobfair.db.statements import CompiledStatement, Row
from jobfair.domain.events import (
    CompanyCreated,
    CompanyDeleted,
    CompanyLogoChanged,
    CompanyMoved,
    CompanyProfileChanged,
    CompanyRenamed,
    FairRestored,
    kind,
)
from jobfair.feed import journal
from jobfair.fields.companies.company_profiles import LOOKING_FOR, NAMED, words
from jobfair.fields.companies.sectors import synonyms
from jobfair.fields.input.folding import folded
from jobfair.models import Company, Fair, JournalRow
from jobfair.queries.projections.search_words import asked, has, has_word, searchable
from jobfair.queries.views import COMPANY_COLUMNS, PROFILE_COLUMNS, CompanyProfile, CompanyView

_CHANGE_A_PROFILE = tuple(
    map(
        kind,
        (
            CompanyCreated,
            CompanyDeleted,
            CompanyLogoChanged,
            CompanyMoved,
            CompanyProfileChanged,
            CompanyRenamed,
            FairRestored,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A company's profile, ready to be searched and sorted. All but the profile is folded.

    `subjects` is all that is searched but the description, `text` that too; `solid` the name
    without its blanks, «saintgobain»; `offers` what it looks for, by all its names.
    """

    profile: CompanyProfile
    name: str
    solid: str
    stand: str
    stand_order: tuple[str | int, ...]
    subjects: str
    text: str
    hall: str
    sectors: frozenset[str]
    looking_for: tuple[str, ...]
    offers: tuple[str, ...]

    def rank(self, searched: str) -> int:
        """How well it fits a search (as `searchable` writes it), 0 being best; `NEVER` if it does
        not: the stand; stands that begin so, where a number is searched for; the beginning of a
        name; a name; other stands that begin so; then what it is about; last its description."""
        solid = searched.replace(" ", "")
        if solid == self.stand:
            return 0
        begins = self.stand.startswith(solid)
        if begins and any(map(str.isdecimal, solid)):
            return 1
        if self.solid.startswith(solid):
            return 2
        words = asked(searched)
        if has_word(self.solid, solid) or has(self.name, words):
            return 3
        if begins:
            return 4
        if has(f"{self.subjects}\n{self.solid}", words):
            return 5
        return 6 if has(f"{self.text}\n{self.solid}", words) else NEVER

    def rank_by_name(self, searched: str) -> int:
        """The same by name and stand alone."""
        rank = self.rank(searched)
        return rank if rank < 5 or has(self._named, asked(searched)) else NEVER

    def words_not_named(self, searched: str) -> tuple[str, ...]:
        """The words of a search that are found elsewhere than in its name and its stand."""
        if has_word(self.solid, searched.replace(" ", "")):
            return ()
        return tuple(word for word in asked(searched) if not has_word(self._named, word))

    @property
    def _named(self) -> str:
        return f"{self.name}\n{self.stand}\n{self.solid}"


NEVER = 9
"""The rank of what does not fit a search."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A company, its queue's figures and its profile."""

    company: CompanyView
    entry: DirectoryEntry


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: each value that some company has; of sectors and halls with how
    many have it."""

    sectors: tuple[tuple[str, int], ...]
    looking_for: tuple[str, ...]
    halls: tuple[tuple[str, int], ...]

    def counted(self, by_sector: Iterable[Listed], by_hall: Iterable[Listed]) -> Choices:
        """The same values, with how many of these companies have them: of each list those that
        all the other filters leave."""
        sectors = Counter(each for listed in by_sector for each in listed.entry.sectors)
        halls = Counter(listed.entry.hall for listed in by_hall)
        return Choices(
            tuple((value, sectors[folded(value)]) for value, _ in self.sectors),
            self.looking_for,
            tuple((value, halls[folded(value)]) for value, _ in self.halls),
        )


def order(listed: Listed) -> tuple[str, int]:
    """Where a company comes in the list by name."""
    return listed.entry.name, listed.company.id


def named(search: str, listed: Sequence[Listed]) -> list[Listed]:
    """The companies whose name or stand a search finds, those that fit best first; a blank search
    finds all of them."""
    searched = searchable(search)
    if not searched:
        return list(listed)
    ranks = [(each.entry.rank_by_name(searched), each) for each in listed]
    found = [pair for pair in ranks if pair[0] < NEVER]
    # Of stands that begin alike the nearest number comes first: A1, A2, A10.
    found.sort(key=lambda pair: (pair[0], pair[1].entry.stand_order if pair[0] < 2 else ()))
    return [each for _, each in found]


class CompanyDirectory:
    """The companies of the fair as this process has read them last."""

    def __init__(self) -> None:
        self._entries: dict[int, DirectoryEntry] = {}
        self._listed: Sequence[Listed] = ()
        self._choices: Choices | None = None
        self._revision = -1
        self._reading = Lock()

    def read(self, connection: Connection) -> Sequence[Listed]:
        """Every company by name, not older than what this connection's transaction sees."""
        ((revision,),) = _REVISION.rows(connection)
        if revision > self._revision:
            with self._reading:
                if revision > self._revision:
                    self._catch_up(connection, revision)
        return self._listed

    def choices(self, connection: Connection) -> Choices:
        """What the recruiting ones can be filtered by."""
        listed = self.read(connection)
        found = self._choices
        if found is None:
            found = self._choices = choices_of(each for each in listed if each.company.recruiting)
        return found

    def _catch_up(self, connection: Connection, revision: int) -> None:
        companies = [CompanyView(*row) for row in _COMPANIES.rows(connection)]
        # After a restore or a purge the journal does not say who came and went.
        are_others = {each.id for each in companies} != self._entries.keys()
        if self._revision < 0 or are_others or self._changed(connection):
            self._entries = {row[0]: _entry(row) for row in _PROFILES.rows(connection)}
        listed = [Listed(each, self._entries[each.id]) for each in companies]
        self._choices = None
        self._listed = sorted(listed, key=order)
        self._revision = revision

    def _changed(self, connection: Connection) -> bool:
        query = select(func.max(JournalRow.number)).where(
            JournalRow.number > self._revision, JournalRow.kind.in_(_CHANGE_A_PROFILE)
        )
        return connection.execute(query).scalar() is not None


shared = journal.derived(CompanyDirectory)
"""The directory of the whole process."""

_REVISION = CompiledStatement(select(Fair.revision))
_COMPANIES = CompiledStatement(select(*COMPANY_COLUMNS))
_PROFILES = CompiledStatement(
    select(Company.id, Company.name, Company.stand, Company.hall, *PROFILE_COLUMNS)
)


def _entry(row: Row) -> DirectoryEntry:
    _id, name, stand, hall, *rest = row
    profile = CompanyProfile(*rest)
    plain, place = searchable(name), searchable(stand or "")
    offers = tuple(NAMED[each] for each in words(profile.looking_for))
    also = map(synonyms, words(profile.sectors))
    written = (stand, name, hall, profile.sectors, *offers, *also)
    subjects = "\n".join(searchable(each) for each in written if each)
    return DirectoryEntry(
        profile=profile,
        name=plain,
        solid=plain.replace(" ", ""),
        stand=place.replace(" ", ""),
        stand_order=(not place, *natural_order(place)),
        subjects=subjects,
        text=f"{subjects}\n{searchable(profile.description or '')}",
        hall=folded(hall or ""),
        sectors=frozenset(map(folded, words(profile.sectors))),
        looking_for=words(profile.looking_for),
        offers=offers,
    )


def choices_of(listed: Iterable[Listed]) -> Choices:
    """What these companies can be filtered by."""
    sectors: Counter[str] = Counter()
    looked_for: set[str] = set()
    halls: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for each in listed:
        for word in words(each.entry.profile.sectors):
            sectors[spelled.setdefault(folded(word), word)] += 1
        looked_for.update(each.entry.looking_for)
        if each.company.hall:
            halls[spelled.setdefault(each.entry.hall, each.company.hall)] += 1
    return Choices(
        _sorted(sectors),
        tuple(each for each in LOOKING_FOR if each in looked_for),
        _sorted(halls),
    )


def _sorted(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: folded(pair[0])))


def aisle_order(company: CompanyView) -> tuple[object, ...]:
    """The sort key for somebody who walks along the stands, hall by hall.

    Those without a hall come after the others, and in a hall those without a stand.
    """
    hall, stand = folded(company.hall or ""), folded(company.stand or "")
    return (
        not hall,
        natural_order(hall),
        not stand,
        natural_order(stand),
        folded(company.name),
    )


def natural_order(place: str) -> tuple[str | int, ...]:
    """The order of stands: A2 before A10. Texts and numbers alternate, so any two compare."""
    parts = re.split(r"(\d+)", place)
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))
