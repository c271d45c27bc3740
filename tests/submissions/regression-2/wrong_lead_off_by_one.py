# A count of 24 hours before is called known 24 hours ahead: its hour has only begun then.
# loses: lead-test
# %% lead
def known_columns(lead):
    lags = [f"lag_{hours}" for hours in (1, 24, 168) if hours >= lead]
    return INPUTS + lags + (["mean_24"] if lead <= 1 else [])
