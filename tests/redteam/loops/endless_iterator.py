# attack: the answer is an iterator without end; each item costs a message.
# target: per-sort-test record-test
# slow
# %% per-sort
import itertools


class Endless:
    columns = index = property(lambda self: itertools.repeat("mean"))

    def __iter__(self):
        return itertools.count()

    def to_numpy(self):
        return itertools.count()


per_sort = Endless()


# %% record
class Endless(str):
    def __iter__(self):
        return itertools.count()


def as_json(table):
    return itertools.repeat("[")
