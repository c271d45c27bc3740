# Two functions were not written.
# loses: lead-test, ladder-test
# %% lead
def known_columns(lead):
    """The columns of `history` that are known `lead` hours before the hour to be predicted begins."""
    # YOUR CODE HERE
    raise NotImplementedError()
# %% ladder
def above_floor(y_true, predictions, y_floor):
    """{model: RMSE of the model minus RMSE of the oracle, in bikes an hour}"""
    # YOUR CODE HERE
    raise NotImplementedError()
