"""Cycles are searched for less often in our own processes, but still are."""

import gc

from onrecord.engines import collect_rarely


def test_the_collector_stays_on_and_waits_for_more_objects():
    before = gc.get_threshold()
    try:
        collect_rarely()
        assert gc.isenabled()
        assert gc.get_threshold()[0] > 700
        assert gc.get_threshold()[1:] == before[1:]
    finally:
        gc.set_threshold(*before)
