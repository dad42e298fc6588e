"""What a reader sees of a page, by its own styles."""

import pytest

from onrecord.ingest.body import pieces_of
from onrecord.ingest.tree import parse_tree
from onrecord.ingest.visibility import visibility_of

PLAIN = "<p>The board met on Friday.</p>" * 9


def hidden_in(markup):
    root = parse_tree(f"<html><body>{markup}{PLAIN}</body></html>")
    pieces = pieces_of(root, visibility_of(root))
    return [piece.text for piece in pieces if piece.hidden]


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='display:none'>x</p>",
        "<p hidden>x</p>",
        "<p style='font-size:0'>x</p>",
        "<p style='color:#fff;background:white'>x</p>",
        "<p style='color:white'>x</p>",
        "<div style='background:#000'><p>x</p></div>",
        "<p style='position:absolute;left:-9999px'>x</p>",
        "<p style='text-indent:-999px'>x</p>",
        "<p style='visibility:hidden'>x</p>",
        "<p style='opacity:0'>x</p>",
        "<p style='transform:scale(0)'>x</p>",
        "<p style='max-height:0;overflow:hidden'>x</p>",
        "<style>.a{display:none}</style><p class='b a'>x</p>",
        "<style>p.a, h6 {visibility : hidden }</style><p class=a>x</p>",
        "<style>#w > div p{opacity:0}</style><div id=w><div><span><p>x</p></span></div></div>",
        "<style>@media screen{.a{display:none}}</style><p class=a>x</p>",
        "<style>@media print{.b{color:red}} .a{display:none}</style><p class=a>x</p>",
        "<style>/* a */.b{color:red}/**/.a{display:none}/* c</style><p class=a>x</p>",
        "<style>div>p.a{display:none}</style><div><p class=a>x</p></div>",
        "<style>.a{display:none!important}</style><p class=a style='display:block'>x</p>",
        "<details><p>x</p></details>",
        "<p class='sr-only'>x</p>",
    ],
)
def test_hidden(markup):
    assert hidden_in(markup) == ["x"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='opacity:0.5'>x</p>",
        "<p aria-hidden='true'>x</p>",
        "<p hidden style='display:block'>x</p>",
        "<div style='font-size:0'><p style='font-size:1rem;font-size:16px'>x</p></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>x</p></div>",
        "<div style='background:#000'><p style='color:#fff'>x</p></div>",
        "<link rel=stylesheet href=a.css><p style='color:#fff'>x</p>",
        "<style>@media print{.a{display:none}}</style><p class=a>x</p>",
        "<style>/* .a{display:none} */</style><p class=a>x</p>",
        "<style>/* .a{display:none}</style><p class=a>x</p>",
        "<style>@media print{@media screen{.a{display:none}}}</style><p class=a>x</p>",
        "<style>.a{display:none} .a{display:block}</style><p class=a>x</p>",
        "<style>#a{display:block} .a{display:none}</style><p id=a class=a>x</p>",
        "<style>.a:hover{display:none}</style><p class=a>x</p>",
        "<style>#w > p{display:none}</style><div id=w><div><p>x</p></div></div>",
        "<p style='width:1px;overflow:hidden;flex:1 0 0'>x</p>",
        "<details open><p>x</p></details>",
    ],
)
def test_seen(markup):
    assert hidden_in(markup) == []


def test_hidden_words_inside_a_sentence_do_not_break_it():
    root = parse_tree("<p>We never <span hidden>always</span> signed it.</p>" + PLAIN)
    pieces = pieces_of(root, visibility_of(root))[:2]
    assert [(piece.text, piece.hidden) for piece in pieces] == [
        ("We never signed it.", False),
        ("always", True),
    ]


def test_an_article_that_one_wrapper_hides_until_a_script_runs_is_seen():
    root = parse_tree(f"<div style='display:none'>{PLAIN}</div><p>Loading</p>")
    assert not any(piece.hidden for piece in pieces_of(root, visibility_of(root)))
