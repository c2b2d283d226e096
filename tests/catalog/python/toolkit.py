"""What Translate Toolkit, polib and gettext's own parser make of a file.

Usage: toolkit.py LIBRARY FORMAT IN OUT keep|edit
Prints a line of JSON for each segment as the library sees it, and writes the file with it. With
`edit`, every letter of a target changes its case, the first target is approved, or what is fuzzy
no longer is, and gets a note.
"""

import json
import re
import sys


def swapped(text):
    """Text with the case of its letters changed, but for what stands in tags and entities."""
    parts = re.split(r"(</?[gx]\d+/?>|&\w+;)", text)
    return "".join(part if at % 2 else part.swapcase() for at, part in enumerate(parts))


def swap_texts(node, is_code):
    """The same for an element; the text inside of codes is theirs."""
    if node.text and not is_code(node):
        node.text = node.text.swapcase()
    for child in node:
        swap_texts(child, is_code)
        if child.tail:
            child.tail = child.tail.swapcase()


def toolkit(form, path, out, edits):
    if form == "po":
        from translate.storage.pypo import pofile as Store
    elif form == "xliff-1.2":
        from translate.storage.xliff import xlifffile as Store
    else:
        from translate.storage.xliff2 import Xliff2File as Store
    store = Store.parsefile(path)
    units = [unit for unit in store.units if not unit.isheader()]
    for unit in units:
        yield {
            "source": str(unit.source),
            "target": str(unit.target or ""),
            "fuzzy": bool(unit.isfuzzy()),
            "approved": bool(form != "po" and unit.isapproved()),
            "notes": unit.getnotes(),
        }
    if edits:
        for unit in units:
            if not unit.target:
                continue
            if form == "po":
                unit.target = swapped(str(unit.target))
            else:
                codes = ("bpt", "ept", "ph", "it")
                local = lambda node: node.tag.rsplit("}", 1)[1]
                swap_texts(unit.get_target_dom(), lambda node: local(node) in codes)
        first = next(unit for unit in units if unit.target)
        first.addnote("Seen by a person.", origin="translator")
        if form == "po":
            first.markfuzzy(False)
        else:
            first.markapproved()
    store.savefile(out)


def polib_(form, path, out, edits):
    import polib

    store = polib.pofile(path, wrapwidth=40)
    for entry in store:
        yield {
            "source": entry.msgid,
            "target": entry.msgstr,
            "fuzzy": entry.fuzzy,
            "approved": False,
            "notes": entry.tcomment,
        }
    if edits:
        for entry in store:
            entry.msgstr = swapped(entry.msgstr)
        first = next(entry for entry in store if entry.msgstr)
        first.tcomment = (first.tcomment + "\nSeen by a person.").strip()
        first.flags = [flag for flag in first.flags if flag != "fuzzy"]
    store.save(out)


def main():
    library, form, path, out, what = sys.argv[1:]
    use = {"toolkit": toolkit, "polib": polib_}[library]
    for unit in use(form, path, out, what == "edit"):
        print(json.dumps(unit))


main()
