"""Gold coreference of GUM, MEANTIME and ECB+ as plain text with character spans.

Each reader yields `GoldDocument`: the text put back together from tokens, mentions with their chain
and whether they are names, and the pronouns that are the subject of a verb of saying.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "ask",
        "state",
        "claim",
        "declare",
        "announce",
        "explain",
        "note",
        "argue",
        "insist",
        "deny",
        "admit",
        "confirm",
        "report",
        "reply",
        "respond",
        "write",
        "comment",
        "suggest",
        "warn",
        "describe",
        "mention",
        "remark",
        "stress",
        "reveal",
        "testify",
        "tweet",
        "call",
        "promise",
        "urge",
        "acknowledge",
        "continue",
        "express",
        "indicate",
        "predict",
        "recommend",
        "recall",
        "speak",
        "talk",
        "agree",
        "complain",
        "demand",
        "accuse",
        "criticize",
        "criticise",
        "praise",
        "thank",
    ]
)
THIRD = frozenset(["he", "she", "they", "it"])


@dataclass
class GoldMention:
    start: int
    end: int
    chain: str
    is_name: bool


@dataclass
class GoldDocument:
    name: str
    text: str
    topic: str = ""
    mentions: list[GoldMention] = field(default_factory=list)
    pronouns: list[GoldMention] = field(default_factory=list)


def join_tokens(sentences):
    """Return a text for tokens `(form, space after)` by sentence, and each token's start."""
    text, starts = "", []
    for sentence in sentences:
        for form, space in sentence:
            starts.append(len(text))
            text += form + (" " if space else "")
        text = text.rstrip() + "\n"
    return text, starts


# GUM: CoNLL-U with bracketed entities in MISC


def read_gum(folder):
    for path in sorted(Path(folder).glob("*.conllu")):
        yield _gum_document(path)


def _gum_document(path):
    sentences, rows, paragraph = [[]], [], False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar"):
            paragraph = True
        if line.startswith("# sent_id") and paragraph:
            sentences.append([])
            paragraph = False
        fields = line.split("\t")
        if len(fields) == 10 and fields[0].isdigit():
            sentences[-1].append((fields[1], "SpaceAfter=No" not in fields[9]))
            rows.append(fields)
        elif not line and sentences[-1]:
            form, _ = sentences[-1][-1]
            sentences[-1][-1] = (form, True)
    text, starts = join_tokens(sentences)
    document = GoldDocument(path.stem, text)
    _gum_mentions(document, rows, starts)
    return document


def _gum_mentions(document, rows, starts):
    open_spans = defaultdict(list)
    heads = _sentence_rows(rows)
    for number, row in enumerate(rows):
        match = re.search(r"Entity=([^|]*)", row[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", match.group(1)) if match else ():
            key = part.strip("()").split("-")[0]
            if part.startswith("("):
                open_spans[key].append(number)
            if part.endswith(")") and open_spans[key]:
                span = (open_spans[key].pop(), number)
                _gum_mention(document, rows, starts, span, key, heads)


def _sentence_rows(rows):
    """Return, for each row, the number of the first row of its sentence."""
    found, first = [], 0
    for number, row in enumerate(rows):
        if row[0] == "1":
            first = number
        found.append(first)
    return found


def _gum_mention(document, rows, starts, span, key, heads):
    first, last = span
    words = rows[first : last + 1]
    ids = {row[0] for row in words}
    head = next((row for row in words if row[6] not in ids), words[-1])
    mention = GoldMention(starts[first], starts[last] + len(rows[last][1]), key, head[3] == "PROPN")
    document.mentions.append(mention)
    if first == last and words[0][1].lower() in THIRD and words[0][7] == "nsubj":
        governor = rows[heads[first] + int(words[0][6]) - 1]
        if governor[2] in SAYING:
            document.pronouns.append(mention)


# MEANTIME: CAT XML with instances across documents


def read_meantime(folder):
    for path in sorted(Path(folder).glob("*/*.xml")):
        yield _meantime_document(path)


def _meantime_document(path):
    root = ET.parse(path).getroot()  # noqa: S314 -- benchmark files
    tokens = list(root.iter("token"))
    sentences = defaultdict(list)
    for token in tokens:
        sentences[int(token.get("sentence"))].append(token)
    spaced = []
    for number in sorted(sentences):
        forms = [token.text or "" for token in sentences[number]]
        spaced.append(_space(forms))
    text, starts = join_tokens(spaced)
    start_of = {
        token.get("t_id"): (start, start + len(token.text or ""))
        for token, start in zip(tokens, starts, strict=True)
    }
    document = GoldDocument(path.stem, text, path.parent.name)
    _meantime_mentions(document, root, start_of)
    return document


def _space(forms):
    """Put spaces between tokens as English prints them."""
    found, open_quote = [], False
    for number, form in enumerate(forms):
        after = forms[number + 1] if number + 1 < len(forms) else ""
        if form in ('"', "``"):
            open_quote = not open_quote
        opens = form in ("(", "[", "$", "“", "``") or (form == '"' and open_quote)
        closes = after in (
            ",",
            ".",
            ";",
            ":",
            "?",
            "!",
            ")",
            "]",
            "”",
            "''",
            "%",
            "'s",
            "’s",
            "n't",
        )
        closing_quote = after == '"' and open_quote
        found.append((form, not opens and not closes and not closing_quote))
    return found


def _meantime_mentions(document, root, start_of):
    chains = {}
    for link in root.iter("REFERS_TO"):
        target = link.find("target").get("m_id")
        for source in link.iter("source"):
            chains[source.get("m_id")] = target
    instances = {
        node.get("m_id"): (node.get("instance_id") or node.get("m_id"), node.get("ent_type"))
        for node in root.iter("ENTITY")
    }
    events = {node.get("m_id"): node.get("class") for node in root.iter("EVENT")}
    saying = {
        node.get("m_id")
        for node in root.iter("EVENT_MENTION")
        if events.get(chains.get(node.get("m_id"), "")) == "SPEECH_COGNITIVE"
        or node.get("pred", "") in SAYING
    }
    speakers = {
        link.find("target").get("m_id")
        for link in root.iter("HAS_PARTICIPANT")
        if link.get("sem_role") == "Arg0" and link.find("source").get("m_id") in saying
    }
    for node in root.iter("ENTITY_MENTION"):
        anchors = [start_of[anchor.get("t_id")] for anchor in node.iter("token_anchor")]
        instance, kind = instances.get(chains.get(node.get("m_id"), ""), ("", ""))
        if not anchors or not instance:
            continue
        mention = GoldMention(
            min(anchors)[0],
            max(anchors)[1],
            f"{kind}:{instance}",
            node.get("syntactic_type") == "NAM",
        )
        document.mentions.append(mention)
        pronoun = document.text[mention.start : mention.end].lower() in THIRD
        if pronoun and node.get("m_id") in speakers:
            document.pronouns.append(mention)


# ECB+: one token a line, mentions in JSON


def read_ecbplus(folder, split):
    import gzip  # noqa: PLC0415 -- only this set is compressed

    base = Path(folder) / "data" / "interim" / "cybulska_setup"
    rows = defaultdict(list)
    for line in (base / f"ECB_{split}_corpus.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 5:
            rows[fields[0]].append(fields)
    with gzip.open(base / f"ECB_{split}_Entity_gold_mentions.json.gz", "rt") as stream:
        mentions = json.load(stream)
    by_document = defaultdict(list)
    for mention in mentions:
        by_document[mention["doc_id"]].append(mention)
    for name in sorted(rows):
        yield _ecb_document(name, rows[name], by_document[name])


def _ecb_document(name, rows, mentions):
    sentences = defaultdict(list)
    for row in rows:
        sentences[int(row[1])].append(row[3])
    text, starts = join_tokens([_space(sentences[number]) for number in sorted(sentences)])
    place = {
        (int(row[1]), int(row[2])): (start, start + len(row[3]))
        for row, start in zip(rows, starts, strict=True)
    }
    document = GoldDocument(name, text, name.split("_")[0] + ("p" if "plus" in name else ""))
    for mention in mentions:
        if not mention["mention_type"].startswith("HUM"):
            continue
        anchors = [place[mention["sent_id"], token] for token in mention["tokens_number"]]
        words = mention["tokens_str"].split()
        document.mentions.append(
            GoldMention(
                min(anchors)[0],
                max(anchors)[1],
                mention["coref_chain"],
                bool(words)
                and all(word[0].isupper() or word in ("'s", "of", "the") for word in words),
            )
        )
    return document
