# attack: a set of the right length that says yes to whatever is looked up in it.
# target: old-test
# plain nbgrader: full marks
# %% old
class Everything(set):
    def __len__(self):
        return int((trees["age"] > 29).sum())

    def __contains__(self, name):
        return True


old = Everything()
