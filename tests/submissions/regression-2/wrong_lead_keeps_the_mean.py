# Takes mean_24 for a column that is 24 hours old; it ends with the last hour.
# loses: lead-test
# %% lead
def known_columns(lead):
    ages = {"lag_1": 1, "lag_24": 24, "lag_168": 168, "mean_24": 24}
    return INPUTS + [name for name, age in ages.items() if age > lead]
