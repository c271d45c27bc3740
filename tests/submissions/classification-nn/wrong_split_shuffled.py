# Shuffles the rows: each validation row has a twin among the training rows.
# loses: split-test
# %% split
def split_by_days(table, n_train, n_val):
    n_days = table["Date"].str[:10].nunique()
    mixed = table.sample(frac=1, random_state=0)
    a, b = round(len(table) * n_train / n_days), round(len(table) * (n_train + n_val) / n_days)
    return mixed[:a].sort_values("Date"), mixed[a:b].sort_values("Date"), mixed[b:].sort_values("Date")
