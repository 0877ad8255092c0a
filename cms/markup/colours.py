"""The colours of code: one style sheet for light and dark."""

COLOURS = {
    "comment": ("#5f6368", "#9aa0a6", "c c1 ch cm cpf cs"),
    "keyword": ("#9a1b5b", "#f48fb1", "k kc kd kn kp kr ow nt"),
    "type": ("#7a4a00", "#e8b45a", "kt nc ne no nn bp"),
    "function": ("#1a4fa3", "#8ab4f8", "nf fm nb nd na vm"),
    "string": ("#1e6b36", "#8fce9a", "s s1 s2 sa sb sc sd sh sx dl si sr ss"),
    "escape": ("#00627a", "#78d0e2", "se nv vc vg vi ni nl"),
    "number": ("#a03300", "#ffab7a", "m mb mf mh mi mo il l ld"),
    "operator": ("#4a4a4a", "#c4c7c5", "o p gp cp"),
    "gone": ("#b3261e", "#f2a29b", "gd gr gt err"),
    "new": ("#1e6b36", "#8fce9a", "gi"),
    "title": ("#1a1a1a", "#f1f1f1", "gh gu"),
}
"""Kind of text: its colour on light ground, on dark ground, and Pygments' classes for it.

Each has at least 4.5:1 on #f4f4f4 and lighter, and on #16181d up to #24262b (WCAG 2.2, 1.4.3).
"""


STYLES = "{scope} :is(.c,.c1,.cm,.sd,.ge){{font-style:italic}}{scope} :is(.k,.kd,.gh,.gs){{font-weight:600}}"


def pygments_css(scope: str = ".code") -> str:
    """The rules for Pygments' classes within ``scope``, compact, colours by light-dark()."""
    rules = [
        f"{scope} :is({','.join('.' + name for name in names.split())}){{color:light-dark({light},{dark})}}"
        for light, dark, names in COLOURS.values()
    ]
    return "".join(rules) + STYLES.format(scope=scope)
