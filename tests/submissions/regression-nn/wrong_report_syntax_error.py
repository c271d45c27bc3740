# A syntax error.
# loses: report-test
# %% report
def report(y, P, rungs)
    return {}
