"""Organisations and named groups across the articles of a story."""

from collections import defaultdict
from collections.abc import Mapping

from onrecord.link.persons import ChainKey
from onrecord.naming import plain
from onrecord.records import Chain

__all__ = ["form_key", "group_bodies"]

_SMALL = frozenset(["the", "of", "for", "and", "on", "a", "in", "us", "u.s"])
_LEGAL = frozenset(
    (
        *("inc", "corp", "corporation", "co", "company", "ltd", "plc", "llc", "limited"),
        *("coalition", "group", "holdings"),
    )
)
_OF = frozenset(["department", "ministry", "university", "bureau", "institute"])
"""Last words that may as well stand first, before "of"."""
_SHORTEST = 3
"""Letters of the shortest initials that are taken for a longer name's."""


def group_bodies(
    chains: Mapping[ChainKey, Chain],
    court_documents: frozenset[str],
    places: frozenset[frozenset[str]],
    aliases: Mapping[tuple[str, ...], str],
    common: frozenset[str] = frozenset(),
) -> dict[ChainKey, ChainKey]:
    """Return the root of each chain of an organisation or group with a name.

    Names are the same where their words are, in any order ("Department of Justice", "Justice
    Department"), or where one is the initials of exactly one other. A document of a court
    that each article calls by its noun ("the indictment") is the story's one.
    """
    by_words: dict[frozenset[str], list[ChainKey]] = defaultdict(list)
    initials: dict[str, set[frozenset[str]]] = defaultdict(set)
    for key in sorted(chains):
        document = _document(chains[key], court_documents)
        alias = aliases.get(form_key(chains[key].name)) if aliases else None
        if document or (alias and chains[key].kind in ("organisation", "group")):
            by_words[frozenset(("document", document, alias or ""))].append(key)
        elif _is_name(chains[key]):
            by_words[_content(chains[key], initials)].append(key)
    _add_teams(chains, by_words, places)
    _add_namesakes(chains, by_words, common | {word for place in places for word in place})
    roots: dict[ChainKey, ChainKey] = {}
    for content_set, keys in by_words.items():
        target = _longer(content_set, by_words, initials, places)
        root = min([*by_words[target], *keys])
        for key in [*keys, *by_words[target]]:
            roots[key] = min(root, roots.get(key, root))
    return {key: _find(roots, key) for key in roots}


def form_key(form: str) -> tuple[str, ...]:
    """Return the folded words of a printed name in a fixed order: what alias files match.

    >>> form_key("The Harbour Board") == form_key("the harbour board")
    True
    """
    return tuple(sorted(filter(None, map(plain, form.split()))))


def _longer(
    words: frozenset[str],
    by_words: Mapping[frozenset[str], list[ChainKey]],
    initials: Mapping[str, set[frozenset[str]]],
    places: frozenset[frozenset[str]],
) -> frozenset[str]:
    """Return the one longer name that a single word is the initials of, or the last part of.

    The rest of the longer name is a place's whole name: "the House" is not the White House,
    though a White Plains is known.
    """
    if len(words) > 1:
        return words
    longer = set(initials.get(next(iter(words)), ()))
    longer |= {other for other in by_words if words < other and other - words in places}
    return next(iter(longer)) if len(longer) == 1 else words


def _content(chain: Chain, initials: dict[str, set[frozenset[str]]]) -> frozenset[str]:
    """Return the words of a name that tell it from others, and note its initials."""
    words = [plain(word) for word in chain.name.split()]
    content = [word for word in words if word not in _SMALL | _LEGAL] or words
    orders = [content, words]
    if words[-1] in _OF:
        orders.append([words[-1], "of", *words[:-1]])  # "DOJ" of "Justice Department"
    for letters in {"".join(word[0] for word in some if word) for some in orders}:
        if len(letters) >= _SHORTEST and len(content) > 1:
            initials[letters].add(frozenset(content))
    return frozenset(content)


def _add_teams(
    chains: Mapping[ChainKey, Chain],
    by_words: dict[frozenset[str], list[ChainKey]],
    places: frozenset[frozenset[str]],
) -> None:
    """Add chains of one plural word that is a team's last word, and no person's family name."""
    persons = [chain for chain in chains.values() if chain.kind == "person"]
    families = {plain(chain.name.split()[-1]) for chain in persons if " " in chain.name}
    for key in sorted(chains):
        word = _lone_plural(chains[key])
        team = _longer(frozenset((word,)), by_words, {}, places)
        if word and word not in families and len(team) > 1:
            by_words[team].append(key)


def _add_namesakes(
    chains: Mapping[ChainKey, Chain],
    by_words: dict[frozenset[str], list[ChainKey]],
    common: frozenset[str],
) -> None:
    """Add chains that look like a person's name in one article and are a body's in another.

    "Orva Lane" is the body of that whole name; "Orva" alone is the only body that begins so, where
    nobody bears that name and it is no place and no common word for a body.
    """
    persons = [chain for chain in chains.values() if chain.kind == "person"]
    borne = {plain(word) for chain in persons if " " in chain.name for word in chain.name.split()}
    first: dict[str, set[frozenset[str]]] = defaultdict(set)
    for words, keys in by_words.items():
        if len(words) > 1 and chains[keys[0]].kind == "organisation":
            first[plain(chains[keys[0]].name.split()[0])].add(words)
    for key in sorted(chains):
        chain = chains[key]
        words = frozenset(map(plain, chain.name.split()))
        called = chain.role is not None or any(" " in form for form in chain.names)  # "Mr. Orva"
        lone = borne.isdisjoint(words) and not called
        if chain.kind == "person" and (len(words) > 1 or lone):
            longer = set() if chain.role or words & common else first.get(min(words), set())
            if words in by_words:
                by_words[words].append(key)
            elif len(words) == len(longer) == 1:
                by_words[min(longer, key=sorted)].append(key)


def _lone_plural(chain: Chain) -> str:
    """Return the plural word that is all of a chain's name: a team perhaps ("Rovers")."""
    word = plain(chain.name)
    lone = chain.kind == "person" and len(chain.names) == 1 and " " not in chain.name
    return word if lone and word.endswith("s") else ""


def _find(roots: Mapping[ChainKey, ChainKey], key: ChainKey) -> ChainKey:
    while roots[key] != key:
        key = roots[key]
    return key


def _document(chain: Chain, court_documents: frozenset[str]) -> str:
    """Return the noun of a document of a court, or nothing."""
    if chain.kind != "organisation":
        return ""
    if chain.document is not None and chain.document in court_documents:
        return chain.document
    for word in chain.name.split():
        noun = plain(word).removesuffix("s")
        if word.islower() and noun in court_documents:
            return noun
    return ""


def _is_name(chain: Chain) -> bool:
    """Return whether the name is one: capitalised, or a body that is one in a story ("police")."""
    if chain.kind != "organisation":
        return chain.kind == "group"
    first, *rest = chain.name.split()
    return any(word[0].isupper() for word in rest) or (
        first[0].isupper() and first not in ("The", "A", "An")
    )
