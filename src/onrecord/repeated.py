"""Keys that occur more than once among millions that mostly occur once."""

import numpy as np
import numpy.typing as npt

__all__ = ["held_twice"]

Ints = npt.NDArray[np.int64]


def held_twice(keys: Ints) -> Ints:
    """Return the places, in order, of all keys that occur twice, and of some that do not.

    Numbers alone sort many times faster than numbers that carry their places along, so the place
    is put in the lower bits of the key.

    >>> held_twice(np.array([5 << 40, 7 << 40, 5 << 40])).tolist()
    [0, 2]
    """
    bits = len(keys).bit_length()
    marked = np.sort(keys >> bits << bits | np.arange(len(keys)))
    again = marked[1:] >> bits == marked[:-1] >> bits
    found = marked[np.append(again, False) | np.append(False, again)] if len(keys) else marked
    return np.sort(found & ((1 << bits) - 1))
