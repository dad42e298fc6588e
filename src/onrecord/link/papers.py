"""Documents of a story whose author only another of its articles prints."""

from collections import defaultdict
from collections.abc import Mapping

from onrecord.link.persons import ChainKey
from onrecord.records import Chain

__all__ = ["authored"]


def authored(
    chains: Mapping[ChainKey, Chain], root: Mapping[ChainKey, ChainKey], nouns: frozenset[str]
) -> dict[ChainKey, ChainKey]:
    """Return the author's root for each chain of a document that is nobody's in its article.

    "The letter" of one article is the letter of another where the story has one author of a letter
    and the article names him too. *nouns* are documents of which a story seldom has two.

    >>> letter = Chain(number=0, name="the letter", names=(), kind="unnamed", document="letter")
    >>> ruiz = Chain(number=1, name="Ruiz", names=(), kind="person")
    >>> known = Chain(number=0, name="Ruiz", names=(), kind="person", wrote=("letter",))
    >>> a, b, c = ChainKey("a", 0), ChainKey("a", 1), ChainKey("b", 0)
    >>> authored({a: letter, b: ruiz, c: known}, {a: a, b: b, c: b}, frozenset(["letter"]))[a]
    ChainKey(article_id='a', number=1)
    """
    authors: dict[str, set[ChainKey]] = defaultdict(set)
    for key, chain in chains.items():
        for noun in nouns.intersection(chain.wrote) if chain.kind != "unnamed" else ():
            authors[noun].add(root[key])
    if not authors:
        return {}
    named = {(key.article_id, root[key]) for key in chains}
    found: dict[ChainKey, ChainKey] = {}
    for key in sorted(chains):
        known = authors.get(chains[key].document or "", ()) if _is_known(chains[key]) else ()
        for author in known if len(known) == 1 else ():
            if (key.article_id, author) in named and root[author] == author:
                found[key] = author
    return found


def _is_known(document: Chain) -> bool:
    """Return whether an article never introduces a document ("a letter"), but takes it as known."""
    return not any(form.casefold().startswith(("a ", "an ")) for form in document.names)
