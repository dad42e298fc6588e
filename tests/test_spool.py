"""Rows come back in key order, however they were put in."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.pipeline import Read, ReadHead
from onrecord.records import Reject
from onrecord.spool import Spool, SpoolTable, encode_row


@given(st.lists(st.tuples(st.text("abc", max_size=3), st.binary(max_size=4))))
def test_rows_come_back_in_key_order(lines):
    spool = Spool()
    spool.add("part", lines)
    spool.add("other", [("a", b"not this")])
    assert list(spool.lines("part")) == [data for _, data in sorted(lines)]
    assert spool.count("part") == len(lines)
    spool.close()


@given(st.dictionaries(st.text("abcdef", min_size=1), st.binary(), max_size=30), st.data())
def test_picking_gives_just_the_rows_of_the_keys(lines, data):
    keys = data.draw(st.lists(st.sampled_from(sorted(lines) or ["a"]), unique=True))
    spool = Spool()
    spool.add("part", lines.items())
    assert spool.pick("part", keys) == [lines[key] for key in sorted(keys) if key in lines]
    spool.close()


def test_more_keys_than_one_query_takes():
    spool = Spool()
    lines = [(f"{number:05d}", b"%d" % number) for number in range(1500)]
    spool.add("part", lines)
    assert spool.pick("part", [key for key, _ in lines]) == [data for _, data in lines]
    spool.close()


def test_a_narrow_row_has_the_fields_asked_for_and_keeps_the_order():
    spool = Spool()
    rows = [
        Read(locator=name, reject=Reject(locator=name, reason="empty", detail="no text"))
        for name in ("b.html", "a.html", "c.html")
    ]
    spool.add("read", [(row.locator, encode_row(row)) for row in rows])
    narrow = list(SpoolTable(spool, "read", Read).narrow(ReadHead))
    assert [type(row) for row in narrow] == [ReadHead] * 3
    assert narrow == [
        ReadHead(locator=row.locator, reject=row.reject)
        for row in sorted(rows, key=lambda row: row.locator)
    ]
    spool.close()
