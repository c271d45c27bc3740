# attack: enormous pictures and tables are displayed, one after the other.
# target: heaviest-test
# also loses: all
# destructive
# bomb
# %% heaviest
from IPython.display import HTML, display

heaviest = "tree-000"
while True:
    display(HTML("<td>" * 5_000_000))
