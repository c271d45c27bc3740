# attack: a name that equals every other name.
# target: heaviest-test
# plain nbgrader: full marks
# %% heaviest
class Name(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


heaviest = Name("tree")
