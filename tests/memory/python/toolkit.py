"""Reads TMX with Translate Toolkit and prints what it sees, as JSON; writes it again, and a file of
its own beside."""

import json
import sys

from translate.storage import tmx

given, again, own = sys.argv[1:]
store = tmx.tmxfile.parsefile(given)
print(json.dumps([[unit.source, unit.target, unit.getnotes()] for unit in store.units]))
store.savefile(again)

new = tmx.tmxfile(sourcelanguage="en", targetlanguage="de")
new.addtranslation("Fish & <chips>", "en", "Fisch „und“ Fritten", "de", comment="a note")
new.savefile(own)
