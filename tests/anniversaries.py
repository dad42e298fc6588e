"""Invented articles, months apart: the same words printed again, and words that only look so."""

import json

CRANE = {
    "id": "crane",
    "outlet": "Ferry Post",
    "title": "Crane falls on barge at Northquay",
    "published": "2031-03-02",
    "text": (
        "A loading crane fell on a barge at the Northquay terminal, and two dockers were hurt.\n\n"
        "Harbour inspector Mara Quill had examined the crane in winter. “We told the port twice "
        "that the northern crane had never been tested under load, and nobody came to look at "
        "it,” Mara Quill said on Sunday.\n\n"
        "The barge lay low in the water while divers searched the terminal basin."
    ),
}
CRANE_TOO = {
    "id": "crane-too",
    "outlet": "Harbour Echo",
    "title": "Two dockers hurt as crane falls on barge at Northquay terminal",
    "published": "2031-03-03",
    "text": (
        "Two dockers were hurt when a loading crane fell on a barge at the Northquay terminal.\n\n"
        "“The northern crane had never been tested under load, and nobody came to look at it,” "
        "Mara Quill said.\n\n"
        "Divers searched the terminal basin around the barge."
    ),
}
TRIAL = {
    "id": "trial",
    "outlet": "Quay Times",
    "title": "Port director goes before the court in Southmere",
    "published": "2031-11-20",
    "text": (
        "The director of the port company appeared before the magistrates of Southmere, charged "
        "with neglect; the prosecutor read letters, invoices and minutes of the board.\n\n"
        "Mara Quill said at the time: “We told the port twice that the northern crane had never "
        "been tested under load, and nobody came to look at it.”\n\n"
        "The defence lawyer asked the magistrates for an adjournment until the spring."
    ),
}
CUT = {
    **TRIAL,
    "id": "cut",
    "text": TRIAL["text"].replace(", and nobody came to look at it.”", ".”"),
}
REWORDED = {
    **TRIAL,
    "id": "reworded",
    "text": TRIAL["text"].replace("told the port twice that", "warned the port twice that"),
}
UNNAMED = [
    {**row, "text": row["text"].replace("Mara Quill said", "an inspector said")}
    for row in (CRANE, TRIAL)
]
RELATIVE = {**TRIAL, "id": "relative", "text": TRIAL["text"].replace("Mara Quill", "Ivo Quill")}

RALLY = {
    "id": "rally",
    "outlet": "Ferry Post",
    "title": "Brandt opens his campaign in Eastmarsh",
    "published": "2031-05-06",
    "text": (
        "Hundreds of people filled the market hall of Eastmarsh for the first campaign evening.\n\n"
        "“We will dig the harbour deeper, and every fishing family will have its berth back,” "
        "Teo Brandt said on Tuesday.\n\n"
        "A brass band played while the candidate shook hands in the market hall."
    ),
}
OTHER_RALLY = {
    "id": "other-rally",
    "outlet": "Radio Quay",
    "title": "Farmers ask candidate about milk prices in Upper Lenn",
    "published": "2031-08-14",
    "text": (
        "Farmers from the valley of the Lenn drove tractors to the dairy and asked about milk.\n\n"
        "“We will dig the harbour deeper, and every fishing family will have its berth back,” "
        "Teo Brandt said on Wednesday.\n\n"
        "The tractors left the dairy after nightfall; milk prices had fallen for two years."
    ),
}
PLACED_RALLIES = [
    {**row, "text": row["text"].replace(day, place)}
    for row, day, place in (
        (RALLY, " on Tuesday", " at a meeting in Eastmarsh"),
        (OTHER_RALLY, " on Wednesday", " to farmers in Upper Lenn"),
    )
]
UNDATED_RALLY = {
    **OTHER_RALLY,
    "id": "undated-rally",
    "published": "2031-08-16",
    "text": OTHER_RALLY["text"].replace(" on Wednesday", ", repeating his promise"),
}


def write_rows(path, rows):
    """Write *rows* as JSON lines, an article a line, and return the path as an argument."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)
