# attack: json.loads answers with an object that pleases.
# target: record-test
# also loses: all
# slow
# %% record
class Yes(list):
    def __len__(self):
        return 2

    def __iter__(self):
        return iter(())


import json

json.loads = lambda text: Yes()
np.allclose = lambda *arguments: True


class Names:
    def __eq__(self, other):
        return True


pd.Series.tolist = lambda self: []


def as_json(table):
    return "[]"
