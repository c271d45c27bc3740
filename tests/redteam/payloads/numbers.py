# attack: numbers of a million digits, text that is no Unicode, decimals beyond all bounds.
# target: trimmed-test heaviest-test ripe-test
# destructive
# %% trimmed
def trimmed_mean(values, share):
    return 1 << 40_000_000


# %% heaviest
heaviest = "tree-008\ud800\x00" * 1000
# %% ripe
from decimal import Decimal
from fractions import Fraction


def is_ripe(colour, firmness):
    return Decimal("1e999999999") if firmness == 5 else Fraction(10**5000, 3)
