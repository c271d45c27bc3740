# attack: the shell shows no traceback, whatever goes wrong.
# target: all
# %% trimmed
shell = get_ipython()
shell.showtraceback = shell._showtraceback = shell.showsyntaxerror = lambda *arguments, **options: None
