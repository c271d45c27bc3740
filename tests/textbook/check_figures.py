"""Runs at the start of each kernel that nbval uses: a figure whose axes have no names, or that does not fit the page, fails its cell."""

import matplotlib.pyplot as plt

_show = plt.show


def _unnamed(axes, which):
    """Whether an axis shows values and nothing says what they are."""
    axis = getattr(axes, f"{which}axis")
    shared = getattr(axes, f"get_shared_{which}_axes")().get_siblings(axes)
    figure_label = getattr(axes.figure, f"_sup{which}label", None)
    named = figure_label is not None or any(getattr(other, f"get_{which}label")() for other in shared)
    return len(axis.get_ticklocs()) > 0 and axis.get_visible() and not named


def _check(figure):
    width = figure.get_figwidth()
    assert 6 <= width <= 7, f"The figure is {width} inches wide. Make it 6 to 7 wide: figsize=(6.4, ...)."
    for axes in figure.axes:
        if axes.axison and axes.has_data():
            missing = [which for which in "xy" if _unnamed(axes, which)]
            assert not missing, f"The {' and '.join(missing)} axis of “{axes.get_title() or 'the figure'}” has no name. Set it, with its unit."


def show(*arguments, **options):
    for number in plt.get_fignums():
        _check(plt.figure(number))
    _show(*arguments, **options)


plt.show = show
