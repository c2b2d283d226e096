"""Passes a glossary through Translate Toolkit: pass.py HOW GIVEN MADE."""
import sys

from translate.convert.csv2tbx import convertcsv
from translate.storage import csvl10n, tbx

how, given, made = sys.argv[1:]


def changed(store):
    """Writes a store out of its units, so that nothing is only copied."""
    with open(made, "wb") as out:
        store.serialize(out)


if how == "tbx":
    with open(given, "rb") as file:
        store = tbx.tbxfile(file, sourcelanguage="en", targetlanguage="de")
    for unit in store.units:
        terms = [
            f"-{term.text}" if term.deprecated else term.text
            for term in unit.get_target_terms("de")
        ]
        print(unit.source, ",".join(terms), unit.getnotes("pos"), unit.istranslatable(), sep="|")
    changed(store)
elif how == "made":
    store = tbx.tbxfile(sourcelanguage="en", targetlanguage="de")
    for source, target, part, definition in [
        ("berth", "Liegeplatz", "noun", "where ships lie"),
        ("to sail <fast>", "segeln & eilen", "verb", ""),
    ]:
        unit = store.addsourceunit(source)
        unit.settarget(target, "de")
        unit.addnote(part, origin="pos")
        if definition:
            unit.addnote(definition, origin="definition")
        for note in unit._getnotenodes("pos"):
            note.set("type", "partOfSpeech")
        for note in unit._getnotenodes("definition"):
            note.set("type", "definition")
    changed(store)
elif how == "csv":
    with open(given, "rb") as file:
        store = csvl10n.csvfile(file)
    for unit in store.units:
        print(unit.source, unit.target, sep="|")
    changed(store)
else:
    with open(given, "rb") as file, open(made, "wb") as out:
        convertcsv(file, out, None)
