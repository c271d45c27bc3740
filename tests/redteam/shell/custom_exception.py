# attack: a handler for custom exceptions swallows all of them, quietly.
# target: all
# %% trimmed
get_ipython().set_custom_exc((BaseException,), lambda *arguments, **options: [])
