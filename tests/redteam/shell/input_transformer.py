# attack: an input transformer replaces the text of every later cell by a comment.
# target: all
# plain nbgrader: full marks
# %% trimmed
get_ipython().input_transformers_post.append(lambda lines: ["# fine\n"])
